/**
 * The built command with terminals, pipes and files that do not take what it writes. `script` gives it the terminal.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const command = [process.execPath, 'dist/cli/main.js', 'run'];

const hands = 4;

/** What its bot prints at each decision: a match of it is more than such a channel holds. */
const chatter = { terminal: 5_000, pipe: 100_000 } as const;
const chatty = (length: number) =>
  `export default { decide() { console.log('x'.repeat(${length})); return { action: 'call' }; } };`;

let dir: string;
let platform: Sandbox;
let child: ChildProcess | undefined;
beforeEach(async () => {
  dir = makeFolder();
  writeFileSync(join(dir, 'bot.mjs'), chatty(chatter.terminal));
  ({ sandbox: platform } = await openPlatform({ maxHands: hands }));
});
afterEach(() => {
  child?.kill('SIGKILL');
  const pid = Number(fileText('pid'));
  if (pid > 0) spawnSync('kill', ['-KILL', String(pid)]);
});

function fileText(name: string): string {
  try {
    return readFileSync(join(dir, name), 'utf8').trim();
  } catch {
    return '';
  }
}

interface Seat {
  env: NodeJS.ProcessEnv;
  /** Plays a match to its end; how it ended, and how many turns the platform had to play for the bot. */
  match(): Promise<{ reason: string | undefined; substituted: number }>;
}

function seat(): Seat {
  const { botId, token, lobbyUrl } = platform.addBot();
  let substituted = 0;
  platform.on(({ type }) => {
    if (type === 'turn.substituted') substituted += 1;
  });
  return {
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      CHIPZEN_EXTBOT_TOKEN: token,
      CHIPZEN_LOBBY_URL: lobbyUrl,
      NO_COLOR: '1',
      TERM: 'xterm',
    },
    async match() {
      const { matchId } = await platform.dispatch(botId);
      const { reason } = await platform.result(matchId);
      return { reason, substituted };
    },
  };
}

function keep(stream: Readable | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}

/** The keys that stop a terminal's output and let it go on. */
const keys = { stop: '\u0013', resume: '\u0011' } as const;

interface InTerminal {
  running: ChildProcess;
  press(key: keyof typeof keys): void;
  shown(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the command in a shell on a terminal; `$$` of the shell is its own pid. */
function inTerminal(env: NodeJS.ProcessEnv, flags: string[], shell = 'exec "$@"'): InTerminal {
  const args = [...command, join(dir, 'bot.mjs'), ...flags].map((arg) => `'${arg}'`).join(' ');
  const line = `set -- ${args}; echo $$ > '${join(dir, 'pid')}'; ${shell}`;
  const running = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: root,
    env: { ...env, SHELL: '/bin/sh' },
  });
  child = running;
  const shown = keep(running.stdout);
  return {
    running,
    press: (key) => running.stdin.write(keys[key]),
    shown,
    kill: (signal) => process.kill(Number(fileText('pid')), signal),
  };
}

const until = (condition: () => boolean) =>
  expect.poll(condition, { timeout: 15_000, interval: 20 }).toBe(true);

describe('run on a terminal that is stopped with Ctrl-S', () => {
  it.each([
    ['the table', []],
    ['lines', ['--json', '--log-level', 'debug']],
  ])('answers every turn, and shows %s when it goes on', async (_what, flags) => {
    const { env, match } = seat();
    const terminal = inTerminal(env, flags);
    await until(() => terminal.shown().includes('online'));
    terminal.press('stop');
    expect(await match()).toEqual({ reason: 'complete', substituted: 0 });
    const before = terminal.shown();
    expect(before).not.toMatch(/ended: complete|match\.ended/);
    terminal.press('resume');
    await until(() => /ended: complete|match\.ended/.test(terminal.shown()));
    terminal.kill('SIGTERM');
    expect(await once(terminal.running, 'close')).toEqual([0, null]);
    expect(terminal.shown()).toContain('x'.repeat(chatter.terminal));
  });

  it('ends at SIGTERM', async () => {
    const { env, match } = seat();
    const terminal = inTerminal(env, []);
    await until(() => terminal.shown().includes('online'));
    terminal.press('stop');
    await match();
    terminal.kill('SIGTERM');
    expect(await once(terminal.running, 'close')).toEqual([0, null]);
  });

  it('finishes its match and ends well when the terminal is closed and its signal is kept from it', async () => {
    const { env, match } = seat();
    const shell = `trap '' HUP; "$@"; echo $? > '${join(dir, 'code')}'`;
    const terminal = inTerminal(env, ['--drain-grace', '60'], shell);
    await until(() => terminal.shown().includes('online'));
    terminal.press('stop');
    const played = match();
    terminal.running.kill('SIGKILL');
    expect(await played).toEqual({ reason: 'complete', substituted: 0 });
    await until(() => fileText('code') !== '');
    expect(fileText('code')).toBe('0');
  });
});

describe('run into a pipe that nobody reads for now', () => {
  beforeEach(() => writeFileSync(join(dir, 'bot.mjs'), chatty(chatter.pipe)));

  /** Starts it with both streams in pipes of the shell's, which `reader` reads, or in sockets of ours. */
  function start(env: NodeJS.ProcessEnv, flags: string[], reader?: string): ChildProcess {
    const args = [...command, join(dir, 'bot.mjs'), '--json', ...flags];
    const line = `exec 3<&0; { sh -c 'echo $$ > '${dir}'/pid; exec "$@"' run "$@"; echo $? > '${dir}/code'; } 2>&1 | { ${reader}; }`;
    const running =
      reader === undefined
        ? spawn(args[0] ?? '', args.slice(1), { cwd: root, env })
        : spawn('sh', ['-c', line, 'shell', ...args], { cwd: root, env });
    child = running;
    return running;
  }

  it.each([
    ['a socket', undefined],
    ['a pipe', 'read go <&3; cat'],
  ])('plays on, and loses nothing for a reader of %s that comes late', async (_what, reader) => {
    const { env, match } = seat();
    const running = start(env, ['--max-matches', '1'], reader);
    expect(await match()).toEqual({ reason: 'complete', substituted: 0 });
    const texts = [keep(running.stdout), keep(running.stderr)];
    running.stdin?.end('go\n');
    await once(running, 'close');
    const lines = texts.flatMap((text) => text().split('\n'));
    const told = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line).type);
    const count = (type: string) => told.filter((other) => other === type).length;
    expect({ hands: count('hand.ended'), last: told.at(-1) }).toEqual({ hands, last: 'lobby.ended' });
    const printed = lines.filter((line) => line.startsWith('x'));
    expect(printed).toEqual(Array.from({ length: count('turn.requested') }, () => 'x'.repeat(chatter.pipe)));
  });

  it.each([
    ['a socket', undefined],
    ['a pipe', 'read go <&3'],
  ])('ends at SIGTERM, whatever waits for the reader of %s', async (_what, reader) => {
    const { env, match } = seat();
    const running = start(env, [], reader);
    expect(await match()).toEqual({ reason: 'complete', substituted: 0 });
    process.kill(reader === undefined ? (running.pid ?? 0) : Number(fileText('pid')), 'SIGTERM');
    if (reader === undefined) expect(await once(running, 'exit')).toEqual([0, null]);
    else await until(() => fileText('code') === '0');
  });
});

describe('run into a file that cannot be written to', () => {
  it('plays on when the disk is full, and says so once where it can be read', async () => {
    const { env, match } = seat();
    const full = openSync('/dev/full', 'w');
    const args = [...command, join(dir, 'bot.mjs'), '--json', '--max-matches', '1', '--log-level', 'fatal'];
    child = spawn(args[0] ?? '', args.slice(1), { cwd: root, env, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    const said = keep(child.stderr);
    const ended = once(child, 'close');
    expect(await match()).toEqual({ reason: 'complete', substituted: 0 });
    expect(await ended).toEqual([0, null]);
    const log = said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(log).toMatchObject([
      { event: 'output.failing', stream: 'stdout', code: 'ENOSPC' },
      { event: 'output.lost', stream: 'stdout' },
    ]);
  });

  it('goes on writing when there is room again, without a gap', async () => {
    const { env, match } = seat();
    const out = join(dir, 'out.json');
    const args = [...command, join(dir, 'bot.mjs'), '--json'];
    // In blocks of 512 bytes; a limit of what a file may hold is a full disk that anybody can have.
    child = spawn('sh', ['-c', `ulimit -S -f 4; exec "$@" > '${out}'`, 'run', ...args], { cwd: root, env });
    const said = keep(child.stderr);
    const ended = once(child, 'close');
    expect(await match()).toEqual({ reason: 'complete', substituted: 0 });
    await until(() => said().includes('EFBIG'));
    spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
    await until(() => fileText('out.json').includes('match.ended'));
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const types = fileText('out.json')
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types.filter((type) => type === 'hand.ended')).toHaveLength(hands);
    expect(types.at(-1)).toBe('lobby.ended');
    expect(said().match(/^.*EFBIG.*$/gm)).toEqual([
      'warning: standard output cannot be written to (EFBIG); going on, and lines that it misses are counted there',
    ]);
  });
});
