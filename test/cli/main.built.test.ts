/** What the program says where Node is too old, and what it loads to tell its help. That old ones can read it is tried with them by `npm run runtimes`. */
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { toolPath } from '../consumer/packed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = `${root}dist/cli/main.js`;

/** Runs the program as a Node of this version would; the version is all that is pretended. */
async function runOn(version: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: ${JSON.stringify(version)} })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  try {
    const args = ['--import', preload, main, '--version'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const { engines, version: own } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  engines: { node: string };
  version: string;
};
const oldest = engines.node.replace('>=', '');

it.each(['12.22.12', '18.20.8', '20.8.1'])(
  'Node %s is told in one sentence that it is too old',
  async (version) => {
    expect(await runOn(version)).toEqual({
      code: 1,
      stdout: '',
      stderr: `chipzen-agent: this is Node ${version}; chipzen-agent needs Node ${oldest} or newer.\n`,
    });
  },
);

it.each([`${oldest}.0`, '22.0.0', '100.0.0'])('Node %s is not', async (version) => {
  expect(await runOn(version)).toEqual({ code: 0, stdout: `${own}\n`, stderr: '' });
});

it('has nothing in its syntax that Node 12 cannot read', () => {
  const text = readFileSync(main, 'utf8');
  // esbuild would lower syntax that is too new, and leaves this file alone; comments and line ends are its own business.
  const lowered = (target: string): string =>
    execFileSync(process.execPath, [toolPath('esbuild/bin/esbuild'), `--target=${target}`, '--minify'], {
      input: text,
      encoding: 'utf8',
    });
  expect(lowered('node12.22')).toBe(lowered('esnext'));
  expect(text.match(/^(?:#!.*\n)?(?:\/\/.*\n)*(.*)/)?.[1]).not.toMatch(/^import/);
  expect(text).not.toMatch(/\bawait\b|^import\b[^(]/m);
});

it('tells its help, and reads arguments, with no other package than commander', () => {
  const shared = `${root}dist/shared/`;
  const program = readdirSync(shared).find((name) => /^program-.*\.js$/.test(name)) ?? '';
  const files = new Set([join(shared, program)]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) [^(]*?"([^"]+)";$/gm,
    )) {
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  }
  expect([...packages]).toEqual(['commander']);
});
