// @ts-check
/**
 * `npm run runtimes`: the demo of the packed tarball, with its own bot and with a bot file, on other runtimes than the one that
 * is here. It installs them from the registry, some 100 MB each, in a folder that it removes. Prints a table; its exit
 * code is 1 when a runtime does not do what is expected of it. Names after the command choose some of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const limitMs = 120_000;

/** @type {{ name: string, install: string, program: string, args?: string[], tooOld?: boolean }[]} */
const all = [
  { name: 'Node 12', install: 'node@12', program: 'node', tooOld: true },
  { name: 'Node 16', install: 'node@16', program: 'node', tooOld: true },
  { name: 'Node 18', install: 'node@18', program: 'node', tooOld: true },
  { name: 'Node 20.9', install: 'node@20.9.0', program: 'node' },
  { name: 'Node 20', install: 'node@20', program: 'node' },
  { name: 'Node 22', install: 'node@22', program: 'node' },
  { name: 'Node 24', install: 'node@24', program: 'node' },
  { name: 'Bun', install: 'bun', program: 'bun' },
  { name: 'Deno', install: 'deno', program: 'deno', args: ['run', '-A'] },
];

const bot = `import { Action, Bot } from 'chipzen-agent';
export default class extends Bot { decide(state) { return state.validActions.includes('check') ? Action.check() : Action.call(); } }
`;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    shell,
    encoding: 'utf8',
    timeout: limitMs,
  });
  return { status, text: `${stdout ?? ''}${stderr ?? ''}`.trim(), stderr: (stderr ?? '').trim() };
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const { status, text } = run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], cwd);
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${text}`);
}

/** @param {string} folder */
function makeProject(folder) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  return folder;
}

/**
 * What came of one command: its last figures, or what was said instead.
 *
 * @param {{ status: number | null, text: string, stderr: string }} result
 * @param {boolean} tooOld
 */
function judge({ status, text, stderr }, tooOld) {
  if (tooOld) {
    const isTold =
      status === 1 &&
      /^chipzen-agent: this is Node [\d.]+; chipzen-agent needs Node \S+ or newer\.$/.test(text);
    return { ok: isTold, word: isTold ? 'refused' : `exit ${status}: ${text.slice(0, 200)}` };
  }
  if (
    status === 2 &&
    /^chipzen-agent: A bot in a \w+ of its own needs Node, and this is \w+ [\d.]+: [^\n]+$/.test(text)
  )
    return { ok: true, word: 'refused' };
  const played = /You (?:won|lost|broke even)/.test(text) && status === 0 && stderr === '';
  return { ok: played, word: played ? 'plays' : `exit ${status}: ${text.slice(-300)}` };
}

function main() {
  const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
  const chosen = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()));
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-runtimes-'));
  let failed = chosen.length === 0;
  try {
    const project = makeProject(join(folder, 'project'));
    npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
    const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
    npm(['install', join(folder, tarball)], project);
    writeFileSync(join(project, 'bot.js'), bot);
    const program = join(project, 'node_modules/chipzen-agent/dist/cli/main.js');
    process.stdout.write(
      '| runtime | version | demo | demo --bot | the same with --isolate none |\n| --- | --- | --- | --- | --- |\n',
    );
    chosen.forEach(({ name, install, program: command, args = [], tooOld = false }, index) => {
      const place = makeProject(join(folder, `runtime-${index}`));
      npm(['install', install], place);
      const runtime = join(place, 'node_modules/.bin', command);
      const [version = ''] = /\d+\.\d+\.\d+/.exec(run(runtime, ['--version'], place).text) ?? [];
      const demo = ['demo', '--hands', '5', '--seed', 'runtimes'];
      const file = [...demo, '--bot', 'bot.js'];
      const ways = [demo, file, [...file, '--isolate', 'none']];
      const found = ways.map((way) => judge(run(runtime, [...args, program, ...way], project), tooOld));
      failed ||= found.some(({ ok }) => !ok);
      process.stdout.write(`| ${name} | ${version} | ${found.map(({ word }) => word).join(' | ')} |\n`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = failed ? 1 : 0;
}

main();
