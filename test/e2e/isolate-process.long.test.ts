/** What a bot can do to its process that a thread does not survive, with a second match of the same agent beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import { type Accident, lostOne, openTwoMatches, whole } from '../kit/two-matches.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let two: Awaited<ReturnType<typeof openTwoMatches>>;
let command: ChildProcess | undefined;

beforeEach(async () => {
  two = await openTwoMatches();
});
afterEach(async () => {
  command?.kill('SIGKILL');
  command = undefined;
  expect(await two.close()).toBe(0);
});

const play = (accident: string, options?: Accident) => two.play(accident, options);
const told = <T extends AgentEvent['type']>(type: T) => two.told(type);
const sources = () => told('turn.answered').flatMap(({ source }) => (source === 'bot' ? [] : [source]));

/** Resolves when there is no such process any more. */
const untilGone = (pid: number) =>
  expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 20_000, interval: 20 }).toBe(false);

describe('a bot in a process of its own', () => {
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

  // isolate-memory.long.test.ts has more of them.
  it.each([
    ['small objects', `for (let n = 0; ; n++) all.push({ n, more: [n, n] });`],
    ['one list larger than the limit', `for (;;) all.push(new Array(1e8).fill(0.5));`],
    ['large buffers', `for (;;) all.push(new Uint8Array(1e7).fill(1));`],
    [
      'WebAssembly',
      `for (;;) { const m = new WebAssembly.Memory({ initial: 160 }); new Uint8Array(m.buffer).fill(1); all.push(m); }`,
    ],
    [
      'native memory of zlib',
      `const { createDeflate } = require('zlib'); for (;;) { const d = createDeflate({ level: 9, memLevel: 9 }); d.write('x'); all.push(d); }`,
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
    await untilGone(Number(two.folder.wrote('pid')));
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
          /^snapshot: The result of snapshot\(\) cannot be sent to the agent: It has \d+ bytes/,
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
    const seen = two.folder.wrote('seen');
    expect(seen).toContain(process.execPath);
    expect(seen).not.toContain(two.me.token);
  });
});

describe('the processes of bots', () => {
  /** The command itself, as the head of a process group as a shell makes it. */
  async function run(module: string, ...args: string[]) {
    const child = spawn(process.execPath, [main, 'run', module, '--isolate', 'process', ...args], {
      env: { PATH: process.env.PATH, CHIPZEN_EXTBOT_TOKEN: two.me.token, CHIPZEN_LOBBY_URL: two.me.lobbyUrl },
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
    readdirSync(two.folder.dir)
      .flatMap((name) => /^pid-(\d+)$/.exec(name)?.[1] ?? [])
      .map(Number);
  const noteSelf = `writeFileSync(dir + '/pid-' + process.pid, '');`;

  it.each([
    ['waits', `return new Promise(() => {});`],
    ['blocks its process', `for (;;);`],
    ['blocks in a native call', `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`],
  ])('end when the agent is killed while a bot %s', async (_what, accident) => {
    const module = two.folder.botFile(
      `decide() { writeFileSync(dir + '/deciding', ''); ${accident} }`,
      `const dir0 = ${JSON.stringify(two.folder.dir)}; writeFileSync(dir0 + '/pid-' + process.pid, '');`,
    );
    const { child, closed } = await run(module);
    await two.sandbox.dispatch(two.me.botId, { decisionTimeoutMs: 60_000 });
    await expect
      .poll(() => existsSync(join(two.folder.dir, 'deciding')), { timeout: 20_000, interval: 20 })
      .toBe(true);
    const started = pids();
    child.kill('SIGKILL');
    await closed;
    expect(started.length).toBeGreaterThan(0);
    await Promise.all(started.map(untilGone));
  });

  it('play on when Ctrl-C goes to all of the terminal, until their matches are over', async () => {
    const module = two.folder.botFile(
      `decide(state) { ${noteSelf} if (++this.turns === 2) process.kill(-process.ppid, 'SIGINT'); return passive(state); }`,
    );
    const { closed } = await run(module, '--drain-grace', '30', '--json');
    await two.sandbox.dispatch(two.me.botId, { decisionTimeoutMs: 30_000 });
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
