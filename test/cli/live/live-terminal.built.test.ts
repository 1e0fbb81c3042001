/** The real process on what it takes for a terminal: standard output and standard error of all of it together. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { createEmulator } from './live-emulator.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A pipe that says it is a terminal; a real one needs native code. */
const asTerminal = `data:text/javascript,${encodeURIComponent(`
  for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { isTTY: true, columns: 70, rows: 20 });
`)}`;

let dir: string;
let platform: Sandbox;
let child: ChildProcess | undefined;
beforeEach(async () => {
  dir = makeFolder();
  ({ sandbox: platform } = await openPlatform({ maxHands: 2 }));
});
afterEach(() => {
  child?.kill('SIGKILL');
});

interface Ended {
  code: unknown;
  lines: string[];
  hasCursor: boolean;
  raw: string;
}

/** Plays with this bot file; `onOutput` is told all that was written so far. */
async function play(
  bot: string,
  flags: string[] = [],
  env: NodeJS.ProcessEnv = {},
  onOutput: (raw: string, running: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const { botId, token, lobbyUrl } = platform.addBot();
  const path = join(dir, 'bot.mjs');
  writeFileSync(path, bot);
  const args = ['--import', asTerminal, 'dist/cli/main.js'];
  const running = spawn(process.execPath, [...args, 'run', path, ...flags], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      CHIPZEN_EXTBOT_TOKEN: token,
      CHIPZEN_LOBBY_URL: lobbyUrl,
      NO_COLOR: '1',
      ...env,
    },
  });
  child = running;
  const dispatched = platform.dispatch(botId);
  dispatched.catch(() => undefined);
  let raw = '';
  for (const stream of [running.stdout, running.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      raw += text;
      onOutput(raw, running);
    });
  }
  const [code]: unknown[] = await once(running, 'close');
  const emulator = createEmulator(70, 20);
  emulator.write(raw.replaceAll(/\r?\n/g, '\r\n'));
  const lines = (await emulator.lines()).map((line) => line.replace(/\b[\da-f]{8}\b/, 'MATCH'));
  return { code, lines, hasCursor: await emulator.hasCursor(), raw };
}

const folding = `export default { decide() { console.log('I fold'); return { action: 'fold' }; } };`;

describe('run on a terminal', () => {
  it('ends with the table, what the bot printed and the result, and the cursor is back', async () => {
    const { code, lines, hasCursor } = await play(folding, ['--max-matches', '1']);
    expect({ code, hasCursor }).toEqual({ code: 0, hasCursor: true });
    expect(lines[0]).toMatch(/^connecting to ws:/);
    expect(lines).toContain('I fold');
    expect(lines.slice(-6, -3)).toEqual([
      expect.stringMatching(/^match MATCH: ended: complete, .* chips in 2 hands$/),
      'ending: no more matches were asked for',
      'session over: 1 completed, 0 abandoned; no more matches were asked for',
    ]);
    expect(lines.slice(-3).map((line) => line.split(/ {2,}|, /).slice(0, 2))).toEqual([
      ['over: no more matches were asked for', '0 live'],
      ['match', 'state'],
      ['MATCH', 'complete'],
    ]);
  });

  it.each([
    [
      'the bot ends the process',
      `export default { decide() { console.log('farewell'); process.exit(7); } };`,
      ['--isolate', 'none'],
      7,
      ['farewell'],
    ],
    [
      'an error that nobody caught ends the session',
      `export default { decide: () => { setImmediate(() => { throw new Error('boom'); }); return { action: 'fold' }; } };`,
      ['--isolate', 'none', '--no-safe-mode'],
      6,
      [expect.stringMatching(/^chipzen-agent: The bot failed outside of its hooks: boom/)],
    ],
  ])('gives the terminal back when %s', async (_when, bot, flags, expected, said) => {
    const { code, lines, hasCursor } = await play(bot, flags);
    expect({ code, hasCursor }).toEqual({ code: expected, hasCursor: true });
    expect(lines).toEqual(expect.arrayContaining([...said, expect.stringMatching(/^MATCH /)]));
  });

  it('drains at Ctrl-C with logs on the same terminal, and each log line stays whole', async () => {
    let isStopped = false;
    const { code, lines, hasCursor } = await play(
      `export default { decide: () => new Promise(() => undefined) };`,
      ['--log-level', 'info', '--drain-grace', '0'],
      {},
      (raw, running) => {
        if (isStopped || !raw.includes('turn ')) return;
        isStopped = true;
        running.kill('SIGINT');
      },
    );
    expect({ code, hasCursor }).toEqual({ code: 0, hasCursor: true });
    const text = lines.join('');
    expect(text).toContain('SIGINT: ending now.');
    expect(text).toMatch(/\{"level":30,[^{}]*"event":"lobby.listening",[^{}]*"msg":"online in the lobby"\}/);
    expect(lines.at(-3)).toMatch(/^over: told to stop, 0 live, net 0, 0 completed, 1 abandoned/);
  });

  it.each<[string, string[], NodeJS.ProcessEnv]>([
    ['with --json', ['--json'], {}],
    ['on a dumb terminal', [], { TERM: 'dumb' }],
  ])('writes no escape at all %s', async (_where, flags, env) => {
    const { code, raw } = await play(
      `export default { decide: () => ({ action: 'fold' }) };`,
      ['--max-matches', '1', ...flags],
      env,
    );
    expect(code).toBe(0);
    expect(raw).not.toContain('\u001b');
  });
});
