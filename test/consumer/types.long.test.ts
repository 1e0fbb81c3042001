/**
 * The declarations of every entry, checked in a project that installed the tarball. Beside it that has XState alone: neither
 * the types of Node nor those of ws, nor any other package.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectWithPackage, toolPath } from './packed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const tscOf7 = join(root, 'node_modules/typescript/bin/tsc');

const compilers = [
  ['5.4', () => toolPath('typescript-5.4/bin/tsc')],
  ['5.9', () => toolPath('typescript-5.9/bin/tsc')],
  ['7', () => tscOf7],
] as const;

const resolutions = { nodenext: 'nodenext', bundler: 'esnext' } as const;

let project: string;

beforeAll(() => {
  project = projectWithPackage('xstate');
  copyFileSync(join(root, 'test/consumer/program.ts'), join(project, 'program.ts'));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What a compiler says about the program, by line. */
async function complaints(tsc: string, options: Record<string, unknown>): Promise<string[]> {
  const config = join(project, `${Object.values(options).join('-')}.json`);
  const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, target: 'es2022', ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: project });
    return [];
  } catch (error) {
    return String((error as { stdout: unknown }).stdout)
      .trimEnd()
      .split('\n');
  }
}

describe.each(compilers)('TypeScript %s', (version, tsc) => {
  it('is the one that is meant', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [tsc(), '--version']);
    expect(stdout).toMatch(new RegExp(`^Version ${version}\\.`));
  });

  it.each(Object.entries(resolutions))(
    'takes every entry, resolved by %s',
    async (moduleResolution, module) => {
      expect(await complaints(tsc(), { module, moduleResolution })).toEqual([]);
    },
  );
});

it('the program uses every entry', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
  const program = readFileSync(join(root, 'test/consumer/program.ts'), 'utf8');
  const used = [...program.matchAll(/from '(chipzen-agent[^']*)'/g)].map(([, name = '']) => name);
  expect(used.toSorted()).toEqual(entries.map((entry) => entry.replace('.', 'chipzen-agent')).toSorted());
});

it('a compiler that knows no exports finds every entry as well', async () => {
  const options = { module: 'esnext', moduleResolution: 'node' };
  expect(await complaints(toolPath('typescript-5.9/bin/tsc'), options)).toEqual([]);
});

it('exactOptionalPropertyTypes finds something in XState alone', async () => {
  const said = await complaints(tscOf7, { module: 'nodenext', exactOptionalPropertyTypes: true });
  const places = said.filter((line) => !line.startsWith(' ')).map((line) => line.replace(/\(.*/, ''));
  expect([...new Set(places)]).toEqual(['node_modules/xstate/dist/declarations/src/setup.d.ts']);
});
