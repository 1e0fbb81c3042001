/** The process itself: its signals, and errors that nobody caught. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { makeFolder } from '../kit/folder.js';
import { withoutLoadingNote } from '../kit/loading-note.js';
import { openPlatform } from '../kit/platform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

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
  out: string[];
  err: string[];
}

type Hear = (written: string, running: ChildProcess) => void;

/** Runs the command as it was built; who hears its streams is told what was written so far. */
async function main(
  args: string[],
  env: NodeJS.ProcessEnv,
  { onOut, onErr }: { onOut?: Hear; onErr?: Hear } = {},
): Promise<Ended> {
  const running = spawn(process.execPath, ['dist/cli/main.js', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: dir, ...env },
  });
  child = running;
  const written = { out: '', err: '' };
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
    onOut?.(written.out, running);
  });
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
    onErr?.(written.err, running);
  });
  const [code]: unknown[] = await once(running, 'close');
  const lines = (text: string) => text.split('\n').slice(0, -1);
  return { code, out: lines(written.out), err: lines(withoutLoadingNote(written.err)) };
}

function botFile(text: string): string {
  const path = join(dir, 'bot.mjs');
  writeFileSync(path, text);
  return path;
}

/** Fails outside of its hooks in every way there is, as soon as its match begins. */
const straying = `export default {
  onMatchStart() {
    setImmediate(() => { throw new Error('from a timer'); });
    void Promise.reject('from a promise');
  },
  decide: () => ({ action: 'fold' }),
};`;

const withoutPlace = (line: string): string => line.replace(/\(\S+(:\d+)\)/, '(BOT$1)');

describe('the process', () => {
  it('plays a match to its end with a bot in its thread that fails outside of its hooks', async () => {
    const { botId, token, lobbyUrl } = platform.addBot();
    const dispatched = platform.dispatch(botId);
    const { code, out, err } = await main(
      ['run', botFile(straying), '--max-matches', '1', '--isolate', 'none'],
      {
        CHIPZEN_EXTBOT_TOKEN: token,
        CHIPZEN_LOBBY_URL: lobbyUrl,
      },
    );
    await dispatched;
    expect(code).toBe(0);
    expect(out.find((line) => line.startsWith('session over'))).toBe(
      'session over: 1 completed, 0 abandoned; no more matches were asked for',
    );
    expect(err.map(withoutPlace).toSorted()).toEqual([
      'warning: the bot failed outside of its hooks: from a promise; playing on',
      'warning: the bot failed outside of its hooks: from a timer (BOT:3); playing on',
    ]);
  });

  it('plays on, and tells it, when such a bot has a thread of its own; nothing keeps the process alive then', async () => {
    const { botId, token, lobbyUrl } = platform.addBot();
    const dispatched = platform.dispatch(botId);
    const { code, out, err } = await main(['run', botFile(straying), '--max-matches', '1'], {
      CHIPZEN_EXTBOT_TOKEN: token,
      CHIPZEN_LOBBY_URL: lobbyUrl,
    });
    await dispatched;
    const failures = out.filter((line) => line.includes('outside of its hooks'));
    expect({ code, err, last: out.find((line) => line.startsWith('session over')) }).toEqual({
      code: 0,
      err: [],
      last: 'session over: 1 completed, 0 abandoned; no more matches were asked for',
    });
    expect(failures.map((line) => withoutPlace(line.replace(/^match \w+: /, ''))).toSorted()).toEqual([
      'the bot failed outside of its hooks: from a promise',
      'the bot failed outside of its hooks: from a timer (BOT:3)',
    ]);
  });

  it('plays on at SIGHUP when no stream of it is a terminal, as under nohup, says so once, and drains at SIGTERM', async () => {
    const { token, lobbyUrl } = platform.addBot();
    const { code, out, err } = await main(
      ['run', botFile(straying)],
      { CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
      {
        onOut: (text, running) => text.includes('online') && running.kill('SIGHUP'),
        onErr: (text, running) => {
          if (text.includes('taking')) return;
          running.kill('SIGHUP');
          running.kill('SIGTERM');
        },
      },
    );
    expect({ code, last: out.find((line) => line.startsWith('session over')), err }).toEqual({
      code: 0,
      last: 'session over: 0 completed, 0 abandoned; told to stop',
      err: [
        'SIGHUP: ignored, as under nohup: no standard stream is a terminal. SIGTERM ends this.',
        'SIGTERM: taking no more matches; live ones may go on for 5 s. Once more cuts them now.',
      ],
    });
  });

  it('plays its match to the end, and ends with 1, when nobody reads its output any more', async () => {
    const { botId, token, lobbyUrl } = platform.addBot();
    const dispatched = platform.dispatch(botId);
    const { code, err } = await main(
      ['run', botFile("export default { decide: () => ({ action: 'call' }) };"), '--drain-grace', '60'],
      { CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
      { onOut: (out, running) => out.includes('started') && running.stdout?.destroy() },
    );
    expect({ code, err }).toEqual({
      code: 1,
      err: ['SIGPIPE: taking no more matches; live ones may go on for 60 s. Once more cuts them now.'],
    });
    const { matchId } = await dispatched;
    expect(await platform.result(matchId)).toMatchObject({ reason: 'complete', total_hands_played: 2 });
  });

  it('ends with 1 and a sentence at such an error in another command', async () => {
    // The bots of a demo are in threads: this is an error of the program itself.
    const preload = join(dir, 'preload.mjs');
    writeFileSync(preload, `process.on('SIGUSR2', () => { throw new Error('with cz_extbot_SECRET'); });`);
    let isHit = false;
    const { code, err } = await main(
      ['demo'],
      { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` },
      {
        onOut(_out, running) {
          if (!isHit) isHit = running.kill('SIGUSR2');
        },
      },
    );
    expect({ code, err }).toEqual({
      code: 1,
      err: ['chipzen-agent: with [token]', 'Run again with --verbose to see where it came from.'],
    });
  });
});
