/** Programs that a bundler has put together with the package: they run, or say what they lack. */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkDependencies, projectWithPackage, toolPath } from './packed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };

/** Packages in CommonJS require modules of Node, which a module has to be given. */
const require = `--banner:js=import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

const esbuild = (outfile: string, ...args: string[]): void => {
  const command = [toolPath('esbuild/bin/esbuild'), 'bundled.mjs', '--bundle', '--platform=node', ...args];
  execFileSync(process.execPath, [...command, '--log-level=error', `--outfile=${outfile}`], { cwd: project });
};

const bundlers: Record<string, { file: string; bundle: (file: string) => unknown }> = {
  'esbuild, CommonJS': { file: 'one.cjs', bundle: (file) => esbuild(file, '--format=cjs') },
  'esbuild, a module': { file: 'two.mjs', bundle: (file) => esbuild(file, '--format=esm', require) },
  Vite: {
    file: 'three.mjs',
    bundle: (file) =>
      build({
        root: project,
        configFile: false,
        logLevel: 'error',
        ssr: { noExternal: true },
        build: {
          ssr: 'bundled.mjs',
          outDir: join(file, '..'),
          emptyOutDir: false,
          rolldownOptions: { output: { entryFileNames: 'three.mjs' } },
        },
      }),
  },
};

let project: string;
let away: string;

beforeAll(async () => {
  project = projectWithPackage();
  linkDependencies(project);
  copyFileSync(`${root}test/consumer/bundled.mjs`, join(project, 'bundled.mjs'));
  const bot = `import { Action, Bot } from 'chipzen-agent';
export default class extends Bot { decide(state) { return state.validActions.includes('check') ? Action.check() : Action.fold(); } }`;
  writeFileSync(join(project, 'bot.mjs'), bot);
  away = mkdtempSync(join(tmpdir(), 'chipzen-bundles-'));
  for (const { file, bundle } of Object.values(bundlers)) await bundle(join(away, file));
  cpSync(away, project, { recursive: true });
}, 120_000);

afterAll(() => {
  for (const folder of [project, away]) rmSync(folder, { recursive: true, force: true });
});

async function run(folder: string, file: string, use: string): Promise<string> {
  const args = [join(folder, file), use, join(project, 'bot.mjs')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  return stdout.trimEnd();
}

const played = `${version} completed 2`;
const lacks = (option: string): string =>
  `bad_option ${option}: ${option} needs files of the package chipzen-agent, and this program was bundled without them: keep the package outside of the bundle (esbuild: --external:chipzen-agent, Vite: ssr.external), and install it where the program runs.`;

describe.each(Object.entries(bundlers))('a bundle by %s', (_, { file }) => {
  it('plays a match alone, and refuses in a sentence what needs files', async () => {
    const uses = ['none', 'worker', 'process', 'dashboard', 'inspect'];
    expect(await Promise.all(uses.map((use) => run(away, file, use)))).toEqual([
      played,
      lacks('isolate'),
      lacks('isolate'),
      lacks('dashboard'),
      lacks('inspector'),
    ]);
  });

  it('has everything where the package is installed', async () => {
    const uses = ['none', 'worker', 'process', 'dashboard', 'inspect'];
    const said = [];
    for (const use of uses) said.push(await run(project, file, use));
    expect(said).toEqual([played, played, played, 'page 200', 'page 200']);
  });
});

it('a bundle refuses files of another version than its own', async () => {
  const manifest = join(project, 'node_modules/chipzen-agent/package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(`"version": "${version}"`, '"version": "0.0.1"'));
  try {
    expect(await run(project, 'two.mjs', 'process')).toContain(
      `isolate needs files of chipzen-agent ${version}, which this program was bundled with, and version 0.0.1 is installed`,
    );
  } finally {
    writeFileSync(manifest, text);
  }
});
