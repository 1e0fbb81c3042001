/** Ends of whole processes: each is one that nothing in this process could outlive. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { withoutLoadingNote } from '../../kit/loading-note.js';
import { openPlatform } from '../../kit/platform.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-end-'));
  execFileSync('mkfifo', [join(dir, 'pipe')]);
});
afterAll(() => {
  // Whoever still wants to read it, such as a program that a bot has started, comes to its end.
  closeSync(openSync(join(dir, 'pipe'), constants.O_RDWR | constants.O_NONBLOCK));
  rmSync(dir, { recursive: true });
});

interface End {
  code: number | null;
  signal: string | null;
  out: string[];
  err: string[];
}

const nowhere = {
  token: 'cz_extbot_0123456789ABCDEFGHIJKLMNOPQRSTUV',
  lobbyUrl: 'ws://127.0.0.1:9/ws/external/bot/b',
};

interface RunOptions {
  args?: string[];
  account?: { token: string; lobbyUrl: string };
  /** What is done when this has been written for the first time. */
  on: Record<string, NodeJS.Signals>;
}

/** Runs the command with a bot file that stands where `PIPE` is never written to. */
async function run(source: string, { args = [], account = nowhere, on }: RunOptions): Promise<End> {
  const bot = join(dir, 'bot.mjs');
  writeFileSync(bot, source.replaceAll('PIPE', join(dir, 'pipe')));
  const running = spawn(process.execPath, [main, 'run', bot, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      CHIPZEN_EXTBOT_TOKEN: account.token,
      CHIPZEN_LOBBY_URL: account.lobbyUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  const waiting = new Map(Object.entries(on));
  const hear = (from: keyof typeof written) => (text: string) => {
    written[from] += text;
    for (const [word, signal] of waiting) {
      if (!written[from].includes(word)) continue;
      waiting.delete(word);
      running.kill(signal);
    }
  };
  running.stdout.setEncoding('utf8').on('data', hear('out'));
  running.stderr.setEncoding('utf8').on('data', hear('err'));
  const [code, signal] = (await once(running, 'close')) as [number | null, string | null];
  const lines = (text: string) => text.split('\n').slice(0, -1);
  return {
    code,
    signal,
    out: lines(written.out),
    err: lines('Still loading' in on ? written.err : withoutLoadingNote(written.err)),
  };
}

const blocks = {
  'a call of the system': `import { openSync } from 'node:fs'; console.error('in'); openSync('PIPE');`,
  'another program': `import { execFileSync } from 'node:child_process'; console.error('in'); execFileSync('cat', ['PIPE']);`,
  'a loop': `console.error('in'); for (;;);`,
  'a promise': `console.error('in'); await new Promise(() => setInterval(() => undefined, 1_000));`,
};

describe('a signal while the bot is loaded', () => {
  it.each(Object.entries(blocks))(
    'ends the process with its number, in a thread that is in %s',
    async (_, source) => {
      expect(await run(source, { on: { 'in\n': 'SIGINT' } })).toEqual({
        code: 130,
        signal: null,
        out: [],
        err: ['in'],
      });
    },
  );

  it.each(['a call of the system', 'a loop'] as const)(
    'ends the process also where no handler of ours would run: in process, in %s',
    async (what) => {
      const end = await run(blocks[what], { args: ['--isolate', 'none'], on: { 'in\n': 'SIGTERM' } });
      expect(end).toEqual({ code: null, signal: 'SIGTERM', out: [], err: ['in'] });
    },
  );

  it('ends the process also while a bot is made to see that it can be: in process, in a loop', async () => {
    const source = `export default class { constructor() { ${blocks['a loop']} } decide() { return 'fold'; } }`;
    const end = await run(source, { args: ['--isolate', 'none'], on: { 'in\n': 'SIGTERM' } });
    expect(end).toEqual({ code: null, signal: 'SIGTERM', out: [], err: ['in'] });
  });

  it('is told what is loaded, after two seconds', async () => {
    const end = await run(blocks['a call of the system'], { on: { 'Still loading': 'SIGINT' } });
    expect(end).toEqual({
      code: 130,
      signal: null,
      out: [],
      err: ['in', `Still loading ${join(dir, 'bot.mjs')}, for up to 120 s. Ctrl-C ends this.`],
    });
  });
});

describe('a command whose bot does not come back from its turn', () => {
  const source = `import { openSync } from 'node:fs';
    export default { decide() { console.error('in'); openSync('PIPE'); } };`;
  let platform: Sandbox;
  beforeEach(async () => {
    ({ sandbox: platform } = await openPlatform({ speed: 1, decisionTimeoutMs: 60_000 }));
  });

  async function play(args: string[], on: RunOptions['on']): Promise<End> {
    const account = platform.addBot();
    platform.dispatch(account.botId).catch(() => undefined);
    return run(source, { args, account, on });
  }

  it('ends with the code of its session, and names what is left behind', async () => {
    const args = ['--isolate', 'worker', '--drain-grace', '0'];
    const { code, signal, out } = await play(args, { 'in\n': 'SIGTERM' });
    expect({
      code,
      signal,
      last: out.find((line) => line.includes('left behind'))?.replace(/^match \w+: /, ''),
    }).toEqual({
      code: 0,
      signal: null,
      last: 'A thread of the bot does not end: it is in a call of the system, such as execFileSync. It is left behind.',
    });
  });

  it('leaves nothing behind when the bot is in a process of its own', async () => {
    const { code, signal, out } = await play(['--drain-grace', '0'], { 'in\n': 'SIGTERM' });
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(out.filter((line) => line.includes('left behind'))).toEqual([]);
  });

  it.each(['worker', 'process'])(
    'ends at the third signal without a wait for it, with isolation %s',
    async (isolate) => {
      const { code, signal } = await play(['--isolate', isolate, '--drain-grace', '600'], {
        'in\n': 'SIGINT',
        'taking no more': 'SIGINT',
        'cutting live': 'SIGINT',
      });
      expect({ code, signal }).toEqual({ code: 1, signal: null });
    },
  );
});

describe('the first moment of the process', () => {
  it('has handlers before anything of the command is loaded: an early signal has an exit code', async () => {
    // As soon as there is a handler, and before the next file can be read.
    const early = `process.on('newListener', (name) => {
      if (name === 'SIGTERM') process.nextTick(() => process.kill(process.pid, 'SIGTERM'));
    });`;
    const running = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(early)}`, main, '--version'],
      { env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let written = '';
    for (const stream of [running.stdout, running.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (written += text));
    }
    const end = await once(running, 'close');
    expect({ end, written }).toEqual({ end: [143, null], written: '' });
  });
});
