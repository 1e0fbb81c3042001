/** Bots in threads and processes of their own, on real ones and real sockets, with all that they can do to themselves. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.js';
import type { World } from '../../src/agent/world.js';
import { Bot } from '../../src/bot/bot.js';
import type { Agent, AgentOptions } from '../../src/io/settings/agent-options.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { startAgent, watchEvents } from '../kit/agent.js';
import { createBotFolder } from '../kit/bot-folder.js';
import { watchBots } from '../kit/live-bots.js';
import { openPlatform } from '../kit/platform.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

const findText = fileURLToPath(new URL('../kit/find-text.ts', import.meta.url));
let folder: ReturnType<typeof createBotFolder>;
let dir: string;
let bots: ReturnType<typeof watchBots>;
let events: ReturnType<typeof watchEvents>;
let agent: Agent;

beforeEach(() => {
  folder = createBotFolder();
  ({ dir } = folder);
  bots = watchBots();
  events = watchEvents();
});
afterEach(async () => {
  await Promise.all([agent?.stop(), agent?.stop()]);
  bots.stop();
  expect(bots.live()).toBe(0);
});

const botFile: typeof folder.botFile = (body, head) => folder.botFile(body, head);
const wrote = (name: string): string => folder.wrote(name);

describe.each([
  ['worker', 'thread'],
  ['process', 'process'],
] as const)('a bot with isolation %s, on the sandbox,', (isolate, place) => {
  let sandbox: Sandbox;
  let me: { botId: string; token: string; lobbyUrl: string };

  beforeEach(async () => {
    ({ sandbox } = await openPlatform({ seed: 'isolate', maxHands: 4 }));
    me = sandbox.addBot({ name: 'me' });
  });

  function start(
    module: string,
    options: AgentOptions = {},
    world: Partial<World> = {},
  ): Promise<MatchResult[]> {
    const started = startAgent(
      { module },
      me,
      { maxMatches: 1, isolate, onEvent: events.onEvent, ...options },
      world,
    );
    agent = started.agent;
    return started.done;
  }

  /** One match of the bot with this body. */
  async function play(body: string, options: AgentOptions = {}, decisionTimeoutMs = 30_000) {
    const done = start(botFile(body), options);
    await sandbox.dispatch(me.botId, { decisionTimeoutMs });
    const [result] = await done;
    return result;
  }

  const told = <T extends AgentEvent['type']>(type: T) =>
    events.all.filter((event): event is Extract<typeof event, { type: T }> => event.type === type);

  it('plays whole matches, five at once while it blocks where it is, and leaves nothing behind', async () => {
    const file = botFile(
      `decide(state) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); return passive(state); }`,
    );
    const done = start(file, { maxMatches: 5 });
    await Promise.all(
      Array.from({ length: 5 }, () => sandbox.dispatch(me.botId, { decisionTimeoutMs: 30_000 })),
    );
    const results = await done;
    expect(
      results.map(({ outcome, hands, fallbacks, timeouts }) => ({ outcome, hands, fallbacks, timeouts })),
    ).toEqual(
      Array.from({ length: 5 }, () => ({ outcome: 'completed', hands: 4, fallbacks: 0, timeouts: 0 })),
    );
    expect(bots.live()).toBe(0);
    // One for each match, and the warm one.
    expect(bots.started()).toBe(6);
  });

  it('loses one turn to an endless loop, in which its last proposal goes out, and is replaced by one that saw the match', async () => {
    const result = await play(
      `rounds = 0;
      onRoundStart() { this.rounds += 1; }
      onDecisionTimeout(info) { writeFileSync(dir + '/missed', JSON.stringify(info)); }
      onRoundResult({ round_number: n }) { appendFileSync(dir + '/hands', n + ':' + this.rounds + ' '); }
      decide(state, turn) {
        this.turns += 1;
        if (this.turns === 3 && once('looped')) for (;;) turn.propose(passive(state));
        return passive(state);
      }`,
      {},
      // Its successor has to be loaded before the next turn is over, also on a machine that is busy.
      4_000,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 1, timeouts: 0 });
    expect(told('bot.terminated')).toMatchObject([{ why: 'blocked' }]);
    expect(told('bot.restarted')).toMatchObject([{ restored: false }]);
    expect(told('turn.answered').filter(({ source }) => source !== 'bot')).toMatchObject([
      { source: 'proposal' },
    ]);
    // Whatever hand a bot saw the end of, it has seen the start of that one and of all before it.
    const hands = wrote('hands')
      .trim()
      .split(' ')
      .map((entry) => entry.split(':'));
    expect(hands.map(([hand]) => hand)).toEqual(hands.map(([, rounds]) => rounds));
    expect(hands.at(-1)).toEqual(['4', '4']);
    // The one that missed it is gone.
    expect(existsSync(join(dir, 'missed'))).toBe(false);
  });

  it.each<[string, string, AgentOptions, string]>([
    ['exits', `process.exit(3)`, {}, 'exited'],
    [
      'uses up its memory',
      `{ const all = []; for (;;) all.push(new Array(1_000).fill(all.length)); }`,
      { workerMemoryMb: 48 },
      'out_of_memory',
    ],
  ])('that %s in a turn costs that turn and nothing else', async (_what, accident, options, why) => {
    const result = await play(
      `decide(state) {
        if (++this.turns === 3 && once('done')) ${accident};
        return passive(state);
      }`,
      options,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 1, timeouts: 0 });
    expect(told('bot.terminated')).toMatchObject([{ why }]);
    expect(told('bot.restarted')).toHaveLength(1);
  });

  it('that exits whenever it can gets four of them and no more, and the match is played to its end', async () => {
    const result = await play(`decide() { process.exit(); }`);
    expect(result).toMatchObject({ outcome: 'completed', hands: 4 });
    expect(result?.fallbacks).toBe(result?.turns);
    expect(told('bot.terminated').map(({ why }) => why)).toEqual(['exited', 'exited', 'exited', 'given_up']);
    expect(bots.started()).toBe(5);
  });

  it('that exits when it is shown the match again plays on without having seen it', async () => {
    const result = await play(
      `onReconnected({ restarted }) { appendFileSync(dir + '/told', 'restarted: ' + restarted); }
      onRoundStart() { if (existsSync(dir + '/first') && once('second')) process.exit(); }
      decide(state) {
        if (++this.turns === 2 && once('first')) process.exit();
        return passive(state);
      }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 1 });
    expect(told('bot.terminated')).toHaveLength(2);
    expect(told('bot.restarted')).toMatchObject([{ replayed: 1, restored: false }]);
    expect(wrote('told')).toBe('restarted: true');
  });

  it('is not reported a second time for what it throws when it is shown the match again', async () => {
    const result = await play(
      `onRoundStart({ round_number: n }) { throw new Error('hand ' + n); }
      decide(state) {
        if (state.handNumber === 3 && once('gone')) process.exit();
        return passive(state);
      }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4 });
    expect(told('bot.restarted')).toHaveLength(1);
    expect(told('bot.failed').map(({ message }) => message)).toEqual([
      'hand 1',
      'hand 2',
      'hand 3',
      'hand 4',
    ]);
  });

  it('that keeps what cannot leave is told so, and plays on', async () => {
    const result = await play(
      `snapshot() { return { odd: () => 1 }; }
      restore() {}
      decide(state) { return passive(state); }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', fallbacks: 0 });
    const failures = told('bot.failed');
    expect(failures.map(({ hook }) => hook)).toEqual(['snapshot', 'snapshot', 'snapshot', 'snapshot']);
    expect(failures[0]?.message).toMatch(/^The result of snapshot\(\) cannot be sent to the agent: /);
  });

  it('that throws an error in a circle loses that turn, and the error is told with its stack', async () => {
    const result = await play(
      `decide(state) {
        if (state.handNumber > 1) return passive(state);
        const error = new Error('round');
        error.cause = new Error('and round', { cause: error });
        throw error;
      }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4 });
    expect(told('bot.terminated')).toEqual([]);
    const { error } = told('bot.failed')[0] ?? {};
    expect(error).toMatchObject({ message: 'round', cause: { message: 'and round' } });
    expect((error as Error).stack).toContain('decide');
  });

  it('that declares snapshot and restore goes on from what it kept', async () => {
    const result = await play(
      `seen = new Map();
      restored = false;
      onMatchStart() { appendFileSync(dir + '/starts', this.restored ? 'again' : 'once'); }
      onRoundStart({ round_number: n }) { this.seen.set(n, this.restored); }
      snapshot() { return { seen: this.seen }; }
      restore({ seen }) { this.seen = seen; this.restored = true; }
      onMatchEnd() { writeFileSync(dir + '/seen', JSON.stringify([...this.seen])); }
      decide(state) {
        if (state.handNumber === 3 && once('gone')) process.exit();
        return passive(state);
      }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 1 });
    expect(told('bot.restarted')).toMatchObject([{ replayed: expect.any(Number) as number, restored: true }]);
    expect(wrote('starts')).toBe('once');
    expect(JSON.parse(wrote('seen'))).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [4, true],
    ]);
  });

  it('that fails outside of its hooks is told of and plays on', async () => {
    const result = await play(
      `onMatchStart() {
        setImmediate(() => { throw new TypeError('from a timer'); });
        void Promise.reject({ odd: () => 1 });
      }
      decide(state) { return passive(state); }`,
    );
    expect(result).toMatchObject({ outcome: 'completed', fallbacks: 0 });
    expect(
      told('bot.failed')
        .map(({ hook, message }) => `${hook}: ${message}`)
        .toSorted(),
    ).toEqual(['background: from a timer', 'background: {}']);
    expect(told('bot.terminated')).toEqual([]);
  });

  it('ends the session with its own error when safe mode is off', async () => {
    const done = start(botFile(`decide() { throw new RangeError('no idea'); }`), { safeMode: false });
    await sandbox.dispatch(me.botId);
    await expect(done).rejects.toMatchObject({
      code: 'bot_decision',
      cause: { name: 'RangeError', message: 'no idea' },
    });
  });

  it('ends the session when it is lost and safe mode is off', async () => {
    const done = start(botFile(`decide() { process.exit(9); }`), { safeMode: false });
    await sandbox.dispatch(me.botId);
    await expect(done).rejects.toMatchObject({
      code: 'bot_decision',
      message: `The bot failed in ${place}: The bot ended its own ${place} with exit code 9.`,
    });
  });

  it('says what it likes to the agent on the way of a thread, and is not heard', async () => {
    const done = start(
      botFile(
        `decide(state) {
          for (const word of [null, 'x', {}, { type: 'toString' }, { type: 'alive' }, { type: 'fact' }, { type: 'fact', fact: null },
            { type: 'fact', fact: { type: 'bot.overdue', requestId: 1 } }, { type: 'fact', fact: { type: 'bot.decided', requestId: state.requestId, answer: null } },
            { type: 'fact', fact: { type: 'bot.decided', requestId: state.requestId, answer: { action: 'fold', params: 3 } } },
            { type: 'fact', fact: { type: 'bot.decided', requestId: state.requestId, answer: { action: 'fold' }, correction: 3 } },
            { type: 'fact', fact: { type: 'bot.late', requestId: 'q', latencyMs: NaN } }])
            parentPort?.postMessage(word);
          return passive(state);
        }`,
        `import { parentPort } from 'node:worker_threads';`,
      ),
    );
    await sandbox.dispatch(me.botId, { decisionTimeoutMs: 30_000 });
    const [result] = await done;
    expect(result).toMatchObject({
      outcome: 'completed',
      hands: 4,
      fallbacks: 0,
      timeouts: 0,
      corrections: 0,
    });
    expect(told('bot.failed')).toEqual([]);
  });

  it('may name the port of its thread, wherever it is', async () => {
    const file = botFile(
      `decide(state) { return passive(state); }`,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => undefined); parentPort.postMessage('hello');`,
    );
    const done = start(file);
    await sandbox.dispatch(me.botId);
    expect(await done).toMatchObject([{ outcome: 'completed', hands: 4, fallbacks: 0, timeouts: 0 }]);
    expect(told('bot.failed')).toEqual([]);
  });

  // A process has neither memory nor a debugger in common with the agent.
  if (isolate === 'worker') {
    it('that fills the memory of its proposals with garbage loses its decisions, and nothing else', async () => {
      const done = start(
        botFile(
          `decide() {
            const versions = [1, 2, -1, -2147483648, 2147483647];
            const bytes = new Uint8Array(board);
            for (let at = 4; at < bytes.length; at++) bytes[at] = at * 7 + count;
            Atomics.store(new Int32Array(board, 0, 1), 0, versions[count++ % versions.length]);
            return new Promise(() => undefined);
          }`,
          `import { workerData } from 'node:worker_threads';
          const { board } = workerData;
          let count = 0;`,
        ),
        // A busy machine answers in the bot's place later than an idle one.
        { marginMs: 300 },
      );
      await sandbox.dispatch(me.botId, { decisionTimeoutMs: 600 });
      const [result] = await done;
      expect(result).toMatchObject({ outcome: 'completed', timeouts: 0 });
      expect(result?.fallbacks).toBe(result?.turns);
    });

    it('cannot become the debugger of the thread of the agent, by any name of that door', async () => {
      const file = botFile(
        `async onMatchStart() {
          const require = createRequire(import.meta.url);
          const names = ['inspector', 'node:inspector', 'inspector/promises', 'node:inspector/promises'];
          const all = [...names.map((name) => require(name)), ...await Promise.all(names.map((name) => import(name)))];
          if (process.getBuiltinModule) all.push(...names.map((name) => process.getBuiltinModule(name)));
          all.push(...all.flatMap((module) => module.default ?? []));
          const doors = all.map(({ Session }) => typeof new Session().connectToMainThread);
          const { MainThreadConnection } = process.binding('inspector');
          const session = new all[0].Session();
          session.connect();
          const own = await new Promise((resolve) => session.post('Runtime.evaluate', { expression: '6 * 7' }, (_, { result }) => resolve(result.value)));
          writeFileSync(dir + '/doors', JSON.stringify({ doors: [...new Set(doors)], binding: typeof MainThreadConnection, own }));
        }
        decide(state) { return passive(state); }`,
        `import { createRequire } from 'node:module';`,
      );
      const done = start(file);
      await sandbox.dispatch(me.botId);
      await done;
      expect(JSON.parse(wrote('doors'))).toEqual({ doors: ['undefined'], binding: 'undefined', own: 42 });
    });
  }

  it('writes to where the agent was told, and not among its results', async () => {
    const output: string[] = [];
    const file = botFile(
      `onMatchStart() { console.log('to out'); console.error('to err'); } decide(state) { return passive(state); }
      onMatchEnd() { console.log('to the last word'); }`,
    );
    const done = start(file, {}, { onBotOutput: (text, from) => void output.push(`${from}: ${text}`) });
    await sandbox.dispatch(me.botId);
    await done;
    expect(output.toSorted()).toEqual(['stderr: to err\n', 'stdout: to out\n', 'stdout: to the last word\n']);
  });

  it('prints no token either, though it comes in pieces', async () => {
    const output: string[] = [];
    const file = botFile(
      `async onMatchStart() {
        const { PREFIX, REST } = process.env;
        for (const piece of ['<', PREFIX, REST, '>']) {
          await new Promise((resolve) => process.stdout.write(piece, () => setTimeout(resolve, 20)));
        }
        const bytes = Buffer.from('{' + PREFIX + '\\u{e0041}' + REST + '}');
        // No character of more bytes than one comes whole.
        for (const byte of bytes) {
          await new Promise((resolve) => process.stderr.write(Buffer.of(byte), () => setTimeout(resolve, 2)));
        }
      }
      decide(state) { return passive(state); }`,
    );
    const env = { PREFIX: me.token.slice(0, 20), REST: me.token.slice(20) };
    const done = start(file, {}, { env, onBotOutput: (text, from) => void output.push(`${from} ${text}`) });
    await sandbox.dispatch(me.botId, { decisionTimeoutMs: 30_000 });
    await done;
    const of = (from: string) =>
      output.flatMap((text) => (text.startsWith(from) ? [text.slice(from.length + 1)] : [])).join('');
    expect([of('stdout'), of('stderr')]).toEqual(['<[token]>', expect.stringMatching(/^{.{0,4}\[token\]}$/)]);
  });

  it('cannot find the token, wherever it looks', async () => {
    const file = botFile(
      `async onMatchStart() {
        const search = findText(process.env.PREFIX + process.env.REST);
        const modules = ['node:worker_threads', 'node:process', 'node:os'];
        const loaded = await Promise.all(modules.map((name) => import(name)));
        const found = [
          ...search(process.env, 'env'), ...search(process.argv, 'argv'), ...search(process.execArgv, 'execArgv'),
          ...search(globalThis, 'global'), ...search(process, 'process'), ...search(loaded, 'modules'),
          ...search(this, 'bot'),
        ];
        const control = findText('can be found')(process.env, 'env');
        writeFileSync(dir + '/found', JSON.stringify({ found, control, report: typeof process.report }));
      }
      decide(state) { return passive(state); }`,
      `import { findText } from ${JSON.stringify(findText)};`,
    );
    const env = {
      CHIPZEN_EXTBOT_TOKEN: me.token,
      chipzen_token: 'another one',
      MY_COPY: `x${me.token}`,
      PREFIX: me.token.slice(0, 15),
      REST: me.token.slice(15),
      HOME: 'can be found',
    };
    const done = start(file, {}, { env });
    await sandbox.dispatch(me.botId);
    await done;
    expect(JSON.parse(wrote('found'))).toEqual({ found: [], control: ['env.HOME'], report: 'undefined' });
  });

  it.each([
    [
      'throws while it is loaded',
      `throw new TypeError('not today');`,
      'cannot be loaded: TypeError: not today',
    ],
    [
      'exits while it is loaded',
      `process.exit(4);`,
      'cannot be loaded. The bot ended its own PLACE with exit code 4.',
    ],
  ])('that %s is refused before anything is dialed', async (_what, head, why) => {
    const done = start(botFile('decide() {}', head));
    await expect(done).rejects.toMatchObject({
      code: 'bad_bot',
      message: expect.stringContaining(why.replace('PLACE', place)) as string,
    });
    expect(events.all).toEqual([]);
  });

  it('is not waited for when the agent is stopped while it is loaded', async () => {
    const done = start(
      botFile('decide() {}', 'await new Promise((resolve) => setTimeout(resolve, 60_000));'),
    );
    await agent.stop();
    await expect(done).resolves.toEqual([]);
    expect(events.all).toEqual([]);
  });

  it('is one of the exports, if that is asked for, of a URL', async () => {
    const path = join(dir, 'two.ts');
    writeFileSync(
      path,
      `import { Action, Bot, type GameState } from 'chipzen-agent';
      export class Folder extends Bot { decide(state: GameState) { return state.validActions.includes('fold') ? Action.fold() : Action.check(); } }
      export class Caller extends Bot { decide(state: GameState) { return state.validActions.includes('check') ? Action.check() : Action.call(); } }`,
    );
    agent = createAgent(
      { module: new URL(`file://${path}`), export: 'Folder' },
      { url: me.lobbyUrl, token: me.token, config: null, maxMatches: 1, isolate, onEvent: events.onEvent },
      { env: {} },
    );
    const done = agent.start();
    await sandbox.dispatch(me.botId);
    expect(await done).toMatchObject([{ outcome: 'completed', fallbacks: 0, corrections: 0 }]);
    const actions = told('turn.answered').map(({ answer }) => answer.action);
    expect(actions).toContain('fold');
    expect(actions).not.toContain('call');
  });

  it('can be played on the thread of the agent instead', async () => {
    const done = start(botFile(`decide(state) { return passive(state); }`), { isolate: 'none' });
    await sandbox.dispatch(me.botId);
    expect(await done).toMatchObject([{ outcome: 'completed', fallbacks: 0 }]);
    expect(bots.started()).toBe(0);
  });
});

describe.each(['worker', 'process'] as const)('the heartbeat, with isolation %s,', (isolate) => {
  it('is answered while the bots of five matches block where they are', async () => {
    const platform = await startScriptedPlatform();
    try {
      const file = botFile(
        `decide(state, { matchId }) {
          writeFileSync(dir + '/blocking-' + matchId, '');
          const cell = new Int32Array(new SharedArrayBuffer(4));
          while (!existsSync(dir + '/go')) Atomics.wait(cell, 0, 0, 5);
          return { action: 'call' };
        }`,
      );
      agent = createAgent(
        { module: file },
        { url: platform.lobbyUrl, token: testToken, config: null, isolate, onEvent: events.onEvent },
        { env: {} },
      );
      void agent.start();
      const lobby = await platform.lobby();
      const ids = ['m1', 'm2', 'm3', 'm4', 'm5'];
      const seats = [];
      for (const id of ids) {
        lobby.say(say.matched(id));
        const seat = await platform.seat(id);
        seat.say(say.matchStart());
        seat.say(say.turn(`${id}-q`, { timeout_ms: 60_000 }));
        seats.push(seat);
      }
      const blocking = () => readdirSync(dir).filter((name) => name.startsWith('blocking')).length;
      await expect.poll(blocking, { timeout: 30_000 }).toBe(5);
      lobby.say({ type: 'ping' });
      expect(await lobby.hear()).toEqual({ type: 'pong' });
      expect(seats.map((seat) => seat.heard().length)).toEqual([2, 2, 2, 2, 2]);
      writeFileSync(join(dir, 'go'), '');
      const answers = await Promise.all(seats.map((seat) => seat.hear()));
      expect(answers.map(({ request_id: id, action }) => `${String(id)}: ${String(action)}`)).toEqual(
        ids.map((id) => `${id}-q: call`),
      );
      await agent.stop({ graceMs: 0 });
    } finally {
      await platform.close();
    }
  });
});

describe('isolation', () => {
  const options: AgentOptions = { url: 'ws://127.0.0.1:9/x', token: testToken, config: null };
  class Folder extends Bot {
    decide = () => ({ action: 'fold' });
  }

  it.each<[string, () => Agent, object]>([
    [
      'a class',
      () => createAgent(Folder, { ...options, isolate: 'process' }),
      { option: 'isolate', message: expect.stringContaining('give the bot as { module') as string },
    ],
    [
      'a file that is not there',
      () => createAgent({ module: './none.js' }, options),
      { option: 'bot file', message: expect.stringContaining('There is no bot file') as string },
    ],
    [
      'a URL that is no file',
      () => createAgent({ module: 'https://host/bot.js' }, options),
      { option: 'module', message: 'The module of a bot must be a file, not https://host/bot.js.' },
    ],
    [
      'an export that is no text',
      () => createAgent({ module: './package.json', export: 5 as unknown as string }, options),
      { option: 'export' },
    ],
    [
      'a module that is no text',
      () => createAgent({ module: 5 as unknown as string }, options),
      { option: 'module' },
    ],
  ])('refuses %s at once', (_what, make, fault) => {
    expect(make).toThrow(expect.objectContaining({ code: 'bad_option', ...fault }) as Error);
  });
});
