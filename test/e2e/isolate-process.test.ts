/** What a bot can do to its process that a thread does not survive, with a second match of the same agent beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent.js';
import type { AgentOptions } from '../../src/options.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { createBotFolder } from '../support/bot-folder.js';
import { watchBots } from '../support/live-bots.js';
import { watchEvents } from '../support/scripted-platform.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const limits = { timeout: 60_000 };

let folder: ReturnType<typeof createBotFolder>;
let bots: ReturnType<typeof watchBots>;
let events: ReturnType<typeof watchEvents>;
let sandbox: Sandbox;
let me: { botId: string; token: string; lobbyUrl: string };
let command: ChildProcess | undefined;

beforeEach(async () => {
  folder = createBotFolder();
  bots = watchBots();
  events = watchEvents();
  sandbox = await createSandbox({ port: 0, speed: 0, seed: 'process', maxHands: 4 });
  me = sandbox.addBot({ name: 'me' });
});
afterEach(async () => {
  command?.kill('SIGKILL');
  command = undefined;
  await sandbox.close();
  bots.stop();
  expect(bots.live()).toBe(0);
  folder.remove();
});

/** Two matches at the same time of a bot with this body; `accident` happens in the third turn of one of them. */
async function play(accident: string, { head = '', decisionTimeoutMs = 30_000, ...options }: Play = {}) {
  const module = folder.botFile(
    `decide(state, turn) {
      if (++this.turns === 3 && once('done')) return (${accident}) ?? passive(state);
      return passive(state);
    }`,
    `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${head}`,
  );
  const agent = createAgent(
    { module },
    { url: me.lobbyUrl, token: me.token, config: null, maxMatches: 2, onEvent: events.onEvent, ...options },
    { env: { PATH: process.env.PATH }, onBotOutput: () => undefined },
  );
  const done = agent.start();
  await Promise.all([0, 1].map(() => sandbox.dispatch(me.botId, { decisionTimeoutMs })));
  const results = await done;
  return results
    .map(({ outcome, hands, fallbacks, timeouts }) => ({ outcome, hands, fallbacks, timeouts }))
    .toSorted((a, b) => a.fallbacks - b.fallbacks);
}

type Play = AgentOptions & { head?: string; decisionTimeoutMs?: number };

const whole = { outcome: 'completed', hands: 4, fallbacks: 0, timeouts: 0 };
const lostOne = { ...whole, fallbacks: 1 };

const told = <T extends AgentEvent['type']>(type: T) =>
  events.all.filter((event): event is Extract<typeof event, { type: T }> => event.type === type);
const sources = () => told('turn.answered').flatMap(({ source }) => (source === 'bot' ? [] : [source]));

/** Resolves when there is no such process any more. */
const untilGone = (pid: number) =>
  expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 20_000, interval: 20 }).toBe(false);

describe('a bot in a process of its own', limits, () => {
  it.each<[string, string, string, RegExp]>([
    ['aborts', `process.abort()`, 'crashed', /was ended by SIGABRT/],
    [
      'crashes native code',
      `process.kill(process.pid, 'SIGSEGV') && wait()`,
      'crashed',
      /was ended by SIGSEGV/,
    ],
    [
      'kills itself',
      `process.kill(process.pid, 'SIGKILL') && wait()`,
      'crashed',
      /was ended by SIGKILL: by itself/,
    ],
    ['exits', `process.exit(7)`, 'exited', /ended its own process with exit code 7\.$/],
    [
      'writes to the pipe of the agent',
      `require('fs').writeSync(3, 'hello there') && wait()`,
      'crashed',
      /what the bot wrote there is no message\.$/,
    ],
    [
      'closes the pipe of the agent',
      `require('fs').closeSync(3) || wait()`,
      'crashed',
      /any more: the bot has closed it\.$/,
    ],
  ])('that %s costs that turn and no other match', async (_what, accident, why, message) => {
    const head = `const wait = () => new Promise(() => {});`;
    expect(await play(accident, { head })).toEqual([whole, lostOne]);
    expect(told('bot.terminated')).toMatchObject([
      { why, message: expect.stringMatching(message) as string },
    ]);
    expect(told('bot.restarted')).toHaveLength(1);
  });

  it.each([
    ['small objects', `for (let n = 0; ; n++) all.push({ n, more: [n, n] });`],
    ['text', `for (let n = 0; ; n++) all.push(('x' + n).repeat(100) + Math.random());`],
    ['one list larger than the limit', `for (;;) all.push(new Array(1e8).fill(0.5));`],
    ['one map', `const map = new Map(); for (let n = 0; ; n++) map.set(n, n);`],
    ['symbols that are never collected', `for (let n = 0; ; n++) all.push(Symbol.for('s' + n));`],
    ['code', `for (let n = 0; ; n++) all.push(new Function('x', 'return x + ' + n));`],
    ['large buffers', `for (;;) all.push(new Uint8Array(1e7).fill(1));`],
    ['one buffer larger than the limit', `for (;;) all.push(new Uint8Array(2 ** 31).fill(1));`],
    ['small buffers', `for (;;) all.push(Buffer.alloc(64, 1));`],
    ['parts of pooled buffers', `for (;;) all.push(Buffer.allocUnsafe(100).fill(1));`],
    ['shared memory of threads', `for (;;) all.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1));`],
    [
      'WebAssembly',
      `for (;;) { const m = new WebAssembly.Memory({ initial: 160 }); new Uint8Array(m.buffer).fill(1); all.push(m); }`,
    ],
    [
      'one growing WebAssembly memory',
      `const m = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) { m.grow(160); new Uint8Array(m.buffer).fill(1); }`,
    ],
    [
      'native memory of zlib',
      `const { createDeflate } = require('zlib'); for (;;) { const d = createDeflate({ level: 9, memLevel: 9 }); d.write('x'); all.push(d); }`,
    ],
    [
      'native memory of crypto',
      `for (;;) all.push(require('crypto').createSecretKey(Buffer.alloc(1e6, 1)));`,
    ],
    [
      'a process it has started',
      `require('child_process').execFileSync(process.execPath, ['-e', 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))'], { stdio: 'ignore' });`,
    ],
  ])('that uses up its memory with %s costs that turn and no other match', async (_what, growth) => {
    const head = `const all = []; globalThis.all = all; const grow = () => { ${growth} };`;
    expect(await play('grow()', { head, workerMemoryMb: 64 })).toEqual([whole, lostOne]);
    // Some is refused to the bot, as an error that it could have caught.
    const ends = [
      ...told('bot.terminated').map(({ why }) => why),
      ...told('bot.failed').map(({ hook }) => hook),
    ];
    expect([['out_of_memory'], ['crashed'], ['decide']]).toContainEqual(ends);
  });

  it('that blocks in a native call is ended like any other, and what it has started too', async () => {
    const head = `import { execFileSync } from 'node:child_process';`;
    const accident = `execFileSync('sh', ['-c', 'echo $$ > ' + dir + '/pid; exec sleep 600'])`;
    expect(await play(accident, { head, decisionTimeoutMs: 3_000 })).toEqual([whole, lostOne]);
    expect(told('bot.terminated')).toMatchObject([
      { why: 'blocked', message: expect.stringContaining('still blocked its process') as string },
    ]);
    await untilGone(Number(folder.wrote('pid')));
  });

  it.each([
    ['dies', `process.abort()`, 30_000],
    ['blocks', `require('child_process').execFileSync('sleep', ['600'])`, 3_000],
  ])('has its last proposal sent when it %s', async (_what, accident, decisionTimeoutMs) => {
    const proposal = `turn.propose({ action: 'fold' }), turn.propose(passive(state)), ${accident}`;
    expect(await play(proposal, { decisionTimeoutMs })).toEqual([whole, lostOne]);
    expect(sources()).toEqual(['proposal']);
  });

  it('may propose without an end, and only itself waits for that', async () => {
    const accident = `(() => { for (;;) turn.propose(passive(state)); })()`;
    expect(await play(accident, { decisionTimeoutMs: 3_000 })).toEqual([whole, lostOne]);
    expect(sources()).toEqual(['proposal']);
  });

  it('is told when what it keeps is too large to leave, and plays on', async () => {
    const snapshot = `this.snapshot = () => new Uint8Array(2 ** 25), this.restore = () => {}, undefined`;
    expect(await play(snapshot)).toEqual([whole, whole]);
    expect(new Set(told('bot.failed').map(({ hook, message }) => `${hook}: ${message}`))).toEqual(
      new Set([
        expect.stringMatching(
          /^snapshot: What snapshot\(\) returned cannot leave the bot: It has \d+ bytes/,
        ) as string,
      ]),
    );
  });

  it('sees no token in what its process was started with', async () => {
    const head = `const see = () => {
      const read = (name) => readFileSync('/proc/self/' + name, 'utf8');
      writeFileSync(dir + '/seen', read('environ') + read('cmdline') + JSON.stringify([process.env, process.argv, process.execArgv]));
    };`;
    await play('see()', { head });
    const seen = folder.wrote('seen');
    expect(seen).toContain(process.execPath);
    expect(seen).not.toContain(me.token);
  });
});

describe('the processes of bots', limits, () => {
  /** The command itself, as the head of a process group as a shell makes it. */
  async function run(module: string, ...args: string[]) {
    const child = spawn(process.execPath, [main, 'run', module, '--isolate', 'process', ...args], {
      env: { PATH: process.env.PATH, CHIPZEN_EXTBOT_TOKEN: me.token, CHIPZEN_LOBBY_URL: me.lobbyUrl },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    command = child;
    let out = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
    });
    const closed = once(child, 'close').then(([code]) => ({ code: code as number | null, out }));
    await expect.poll(() => out, { timeout: 20_000, interval: 20 }).toMatch(/online|lobby\.listening/);
    return { child, closed };
  }

  const pids = () =>
    readdirSync(folder.dir)
      .flatMap((name) => /^pid-(\d+)$/.exec(name)?.[1] ?? [])
      .map(Number);
  const noteSelf = `writeFileSync(dir + '/pid-' + process.pid, '');`;

  it.each([
    ['waits', `return new Promise(() => {});`],
    ['blocks its process', `for (;;);`],
    ['blocks in a native call', `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`],
  ])('end when the agent is killed while a bot %s', async (_what, accident) => {
    const module = folder.botFile(
      `decide() { writeFileSync(dir + '/deciding', ''); ${accident} }`,
      `const dir0 = ${JSON.stringify(folder.dir)}; writeFileSync(dir0 + '/pid-' + process.pid, '');`,
    );
    const { child, closed } = await run(module);
    await sandbox.dispatch(me.botId, { decisionTimeoutMs: 60_000 });
    await expect
      .poll(() => existsSync(join(folder.dir, 'deciding')), { timeout: 20_000, interval: 20 })
      .toBe(true);
    const started = pids();
    child.kill('SIGKILL');
    await closed;
    expect(started.length).toBeGreaterThan(0);
    await Promise.all(started.map(untilGone));
  });

  it('play on when Ctrl-C goes to all of the terminal, until their matches are over', async () => {
    const module = folder.botFile(
      `decide(state) { ${noteSelf} if (++this.turns === 2) process.kill(-process.ppid, 'SIGINT'); return passive(state); }`,
    );
    const { closed } = await run(module, '--drain-grace', '30', '--json');
    await sandbox.dispatch(me.botId, { decisionTimeoutMs: 30_000 });
    const { out } = await closed;
    const said = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as AgentEvent);
    expect(said.filter(({ type }) => type === 'bot.terminated')).toEqual([]);
    expect(said.find(({ type }) => type === 'match.ended')).toMatchObject({
      result: { outcome: 'completed', fallbacks: 0 },
    });
    await Promise.all(pids().map(untilGone));
  });
});
