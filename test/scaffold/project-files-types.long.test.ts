/** New projects under the compilers that authors have, and with Node alone. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scaffoldProject } from '../../src/scaffold/scaffold-bot.js';
import { projectWithPackage, toolPath } from '../consumer/packed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

let base: string;
let project: string;

beforeAll(async () => {
  // XState is what the declarations of the package speak of; the project itself names the types of Node.
  base = projectWithPackage('xstate', '@types/node', 'undici-types');
  ({ folder: project } = await scaffoldProject('typed', { parentDir: base }));
}, 60_000);

afterAll(() => rmSync(base, { recursive: true, force: true }));

async function complaints(tsc: string, ...flags: string[]): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, [tsc, '--pretty', 'false', ...flags], { cwd: project });
    return '';
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}

describe('a new project in TypeScript', () => {
  it.each([
    ['5.4', () => toolPath('typescript-5.4/bin/tsc')],
    ['5.9', () => toolPath('typescript-5.9/bin/tsc')],
    ['7', () => join(root, 'node_modules/typescript/bin/tsc')],
  ])('has no errors under TypeScript %s', async (_version, tsc) => {
    expect(await complaints(tsc())).toBe('');
  });

  it('is checked: a wrong answer is an error', async () => {
    const bot = join(project, 'bot.ts');
    const text = readFileSync(bot, 'utf8');
    writeFileSync(bot, text.replace('Action.check()', "'check'"));
    const said = await complaints(join(root, 'node_modules/typescript/bin/tsc'));
    writeFileSync(bot, text);
    expect(said).toMatch(/^bot\.ts\(\d+,\d+\): error TS2322/);
  });
});

describe.each(['typescript', 'javascript'] as const)('the test of a new project in %s', (language) => {
  it('passes with the script of its package.json', async () => {
    const { folder } = await scaffoldProject(`tested-${language}`, { parentDir: base, language });
    // As npm installs a clone; the walk of the README installs the tarball.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/chipzen-agent'), 'junction');
    symlinkSync(join(root, 'node_modules/jiti'), join(folder, 'node_modules/jiti'), 'junction');
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const [command, ...args] = String(scripts.test).split(' ');
    expect([command, readdirSync(folder).includes(args.at(-1) ?? '')]).toEqual(['node', true]);
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env.PATH },
    });
    expect(stdout).toMatch(/pass 4\n[^]*fail 0/);
  });
});
