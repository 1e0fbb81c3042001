import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { defineBot } from '../../src/io/bot-host.js';
import type { BotCommand, BotEvent, ObservedFrame } from '../../src/machines/ports.js';
import { Action } from '../../src/poker/action.js';
import { Bot, type BotSource, type Turn } from '../../src/poker/bot.js';
import type { GameState } from '../../src/poker/game-state.js';
import { BadBotError } from '../../src/protocol/errors.js';
import type { MatchEnd, TurnRequest } from '../../src/protocol/frames.js';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.js';

/** From the request to the agent's answer in the bot's place, and to the end of the server's clock. */
const deadlineMs = 1_800;
const expiryMs = 2_000;

const matchStart: ObservedFrame = { type: 'match_start', seats: [], your_seat: 1 };
const roundStart = (dealer = 0): ObservedFrame => ({ type: 'round_start', state: { dealer_seat: dealer } });
const turnResult: ObservedFrame = { type: 'turn_result', seat: 0, details: { action: 'call' } };
const phaseChange: ObservedFrame = { type: 'phase_change', state: { phase: 'flop' } };
const roundResult: ObservedFrame = { type: 'round_result', result: { pot: 40 } };
const matchEnd: MatchEnd = { type: 'match_end', reason: 'complete' };

const turnRequest = (id: string, overrides: Partial<TurnRequest> = {}): TurnRequest => ({
  type: 'turn_request',
  request_id: id,
  valid_actions: ['fold', 'call', 'raise'],
  state: { min_raise: 20, max_raise: 100 },
  ...overrides,
});

/** A bot port under a parent that records what it tells, and plays the machine's part only where a test says so. */
function seatBot(source: unknown, clock: VirtualClock = createVirtualClock()) {
  const facts: BotEvent[] = [];
  let onFact = (_fact: BotEvent): void => undefined;
  const logic = defineBot(source as BotSource, { clock, now: clock.now });
  const parent = createMachine({
    types: { events: {} as BotEvent },
    invoke: { id: 'bot', src: logic, input: { matchId: 'm1' } },
    on: {
      '*': {
        actions: ({ event }) => {
          facts.push(event);
          onFact(event);
        },
      },
    },
  });
  const actor = createActor(parent).start();
  const send = (command: BotCommand): void => actor.getSnapshot().children.bot?.send(command);
  return {
    clock,
    facts,
    send,
    /** Called with each fact, in the turn of the event loop in which it is told. */
    whenTold(react: (fact: BotEvent) => void): void {
      onFact = react;
    },
    /** The facts since the last call. */
    take: () => facts.splice(0),
    show: (...frames: ObservedFrame[]) => {
      for (const frame of frames) send({ type: 'bot.observe', frame });
    },
    ask: (id: string, overrides: Partial<TurnRequest> = {}) =>
      send({
        type: 'bot.decide',
        frame: turnRequest(id, overrides),
        deadlineAt: clock.now() + deadlineMs,
        expiresAt: clock.now() + expiryMs,
      }),
    abort: (requestId: string) => send({ type: 'bot.abort', requestId }),
    finish: () => send({ type: 'bot.finish', frame: matchEnd }),
    stop: () => {
      actor.stop();
    },
  };
}

/** All promise reactions there are. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function deferred<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const decided = (requestId: string, action = 'call', latencyMs = 0): BotEvent => ({
  type: 'bot.decided',
  requestId,
  answer: { action },
  latencyMs,
});
const overdue = (requestId: string): BotEvent => ({ type: 'bot.overdue', requestId });
const late = (requestId: string, latencyMs: number): BotEvent => ({ type: 'bot.late', requestId, latencyMs });
const finished: BotEvent = { type: 'bot.finished' };

/** A bot that thinks until the test answers for it, and keeps the turns it was given. */
function thinker() {
  const turns: Turn[] = [];
  const thoughts: ReturnType<typeof deferred<unknown>>[] = [];
  const answerWith = (index: number) => thoughts[index] ?? deferred<unknown>();
  return {
    turns,
    bot: {
      decide(_state: GameState, turn: Turn) {
        const thought = deferred<unknown>();
        turns.push(turn);
        thoughts.push(thought);
        return thought.promise;
      },
    },
    async answer(value: unknown = Action.call(), index = thoughts.length - 1) {
      answerWith(index).resolve(value);
      await settled();
    },
    async fail(error: unknown, index = thoughts.length - 1) {
      answerWith(index).reject(error);
      await settled();
    },
  };
}

describe('the hooks', () => {
  /** Written as for the official JavaScript SDK; only the import differs. */
  class Migrated extends Bot {
    heard: unknown[] = [];
    override onMatchStart(message: unknown) {
      this.heard.push(['onMatchStart', message]);
    }
    override onRoundStart(message: unknown) {
      this.heard.push(['onRoundStart', message]);
    }
    override onTurnResult(message: unknown) {
      this.heard.push(['onTurnResult', message]);
    }
    override onPhaseChange(message: unknown) {
      this.heard.push(['onPhaseChange', message]);
    }
    override onRoundResult(message: unknown) {
      this.heard.push(['onRoundResult', message]);
    }
    override onMatchEnd(results: unknown) {
      this.heard.push(['onMatchEnd', results]);
    }
    override onDecisionLatency(ms: number) {
      this.heard.push(['onDecisionLatency', ms]);
    }
    override onReconnected(info: unknown) {
      this.heard.push(['onReconnected', info]);
    }
    decide(state: GameState) {
      this.heard.push(['decide', state]);
      return state.validActions.includes('check') ? Action.check() : Action.call();
    }
  }

  it('are all called in the order of the frames, with the frame, and decide with the seats of earlier frames', async () => {
    const bot = new Migrated();
    const seat = seatBot(bot);
    seat.show({ type: 'hello' }, matchStart, roundStart(1), turnResult);
    seat.ask('q1', { seat: 0, round_id: 'r1' });
    await settled();
    seat.show(phaseChange, roundResult);
    seat.send({ type: 'bot.reconnected', restarted: false });
    seat.finish();

    expect(bot.heard).toEqual([
      ['onMatchStart', matchStart],
      ['onRoundStart', roundStart(1)],
      ['onTurnResult', turnResult],
      [
        'decide',
        expect.objectContaining({
          yourSeat: 1,
          dealerSeat: 1,
          requestId: 'q1',
          roundId: 'r1',
          minRaise: 20,
          validActions: ['fold', 'call', 'raise'],
        }),
      ],
      ['onDecisionLatency', 0],
      ['onPhaseChange', phaseChange],
      ['onRoundResult', roundResult],
      ['onReconnected', { matchId: 'm1', restarted: false }],
      ['onMatchEnd', matchEnd],
    ]);
    expect(seat.facts).toEqual([decided('q1'), finished]);
  });

  it('keep the seat of the turn and dealer 0 when nothing earlier was seen', () => {
    const states: GameState[] = [];
    const seat = seatBot({ decide: (state: GameState) => states.push(state) && Action.fold() });
    seat.ask('q1', { seat: 3 });
    seat.show({ type: 'match_start', seats: [] }, { type: 'round_start', state: { dealer_seat: '1' } });
    seat.ask('q2', { seat: 3 });
    expect(states.map(({ yourSeat, dealerSeat }) => [yourSeat, dealerSeat])).toEqual([
      [3, 0],
      [3, 0],
    ]);
  });

  it('wait for an asynchronous one before them, and so does decide', async () => {
    const calls: string[] = [];
    const slow = deferred();
    const seat = seatBot({
      async onRoundStart() {
        calls.push('round starts');
        await slow.promise;
        calls.push('round started');
      },
      onTurnResult: () => calls.push('turn result'),
      decide: () => calls.push('decide') && Action.call(),
    });
    seat.show(roundStart(), turnResult);
    seat.ask('q1');
    await settled();
    expect(calls).toEqual(['round starts']);
    seat.clock.advance(700);
    slow.resolve();
    await settled();
    expect(calls).toEqual(['round starts', 'round started', 'turn result', 'decide']);
    expect(seat.facts).toEqual([decided('q1', 'call', 700)]);
  });

  it('show a delayed decide the dealer of its own hand', async () => {
    const slow = deferred();
    const states: GameState[] = [];
    const seat = seatBot({
      onTurnResult: () => slow.promise,
      decide: (state: GameState) => states.push(state) && Action.call(),
    });
    seat.show(roundStart(1), turnResult);
    seat.ask('q1');
    seat.show(roundStart(0));
    slow.resolve();
    await settled();
    expect(states.map(({ dealerSeat }) => dealerSeat)).toEqual([1]);
  });

  it('hold up everything when one never ends, while every turn is still told to be overdue', async () => {
    const calls: string[] = [];
    const seat = seatBot({
      onRoundStart: () => new Promise(() => undefined),
      onTurnResult: () => calls.push('turn result'),
      decide: () => calls.push('decide') && Action.call(),
    });
    seat.whenTold((fact) => fact.type === 'bot.overdue' && seat.abort(fact.requestId));
    seat.show(roundStart(), turnResult);
    for (const id of ['q1', 'q2']) {
      seat.ask(id);
      seat.clock.advance(expiryMs);
    }
    seat.finish();
    await settled();
    expect(calls).toEqual([]);
    expect(seat.facts).toEqual([overdue('q1'), overdue('q2')]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('may all be missing, or be no functions', async () => {
    const seat = seatBot({ onMatchStart: null, onDecisionLatency: 7, decide: () => Action.call() });
    seat.show(matchStart, roundStart(), turnResult, phaseChange, roundResult);
    seat.send({ type: 'bot.reconnected', restarted: true });
    seat.ask('q1');
    await settled();
    seat.finish();
    expect(seat.facts).toEqual([decided('q1'), finished]);
  });

  it.each<[string, () => unknown, string]>([
    ['an Error', () => new Error('broken'), 'broken'],
    ['a text', () => 'broken', 'broken'],
    ['nothing', () => undefined, 'undefined'],
    ['a symbol', () => Symbol('broken'), 'Symbol(broken)'],
    ['an object without a prototype', () => Object.create(null), 'an error without a text'],
    [
      'an Error whose message throws',
      () => Object.defineProperty(new Error('x'), 'message', { get: () => JSON.parse('{') }),
      'an error without a text',
    ],
    ['a revoked proxy', revoked, 'an error without a text'],
  ])('may throw or reject with %s without hurting what follows', async (_what, makeError, message) => {
    const error = makeError();
    const seat = seatBot({
      onRoundStart() {
        throw error;
      },
      onTurnResult: () => Promise.reject(error),
      decide: () => Action.call(),
    });
    seat.show(roundStart(), turnResult);
    await settled();
    seat.ask('q1');
    const [thrown, rejected, answer] = seat.facts;
    expect(
      [thrown, rejected].map((fact) => fact?.type === 'bot.failed' && [fact.hook, fact.message]),
    ).toEqual([
      ['onRoundStart', message],
      ['onTurnResult', message],
    ]);
    expect([thrown, rejected].every((fact) => fact?.type === 'bot.failed' && fact.error === error)).toBe(
      true,
    );
    expect(thrown).not.toHaveProperty('requestId');
    expect(answer).toEqual(decided('q1'));
  });

  it('may be getters that throw', async () => {
    const error = new Error('no such hook');
    const seat = seatBot({
      get onRoundStart() {
        throw error;
      },
      get onDecisionLatency() {
        throw error;
      },
      decide: async () => Action.call(),
    });
    const failure = (hook: string) => ({ type: 'bot.failed', hook, message: 'no such hook', error });
    seat.show(roundStart());
    seat.ask('q1');
    await settled();
    seat.finish();
    expect(seat.facts).toEqual([
      failure('onRoundStart'),
      decided('q1'),
      failure('onDecisionLatency'),
      finished,
    ]);
  });

  it('finish the match only when an asynchronous onMatchEnd is over, or has failed', async () => {
    const slow = deferred();
    const seat = seatBot({ onMatchEnd: () => slow.promise, decide: () => Action.call() });
    seat.finish();
    await settled();
    expect(seat.facts).toEqual([]);
    const error = new Error('disk full');
    slow.reject(error);
    await settled();
    expect(seat.facts).toEqual([
      { type: 'bot.failed', hook: 'onMatchEnd', message: 'disk full', error },
      finished,
    ]);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('a decision', () => {
  it.each<[string, (answer: unknown) => unknown]>([
    ['at once', (answer) => answer],
    ['as a promise', (answer) => Promise.resolve(answer)],
    ['as a thenable of another make', (answer) => ({ then: (yes: (value: unknown) => void) => yes(answer) })],
    [
      'as a thenable that is a function',
      (answer) => Object.assign(() => undefined, { then: (yes: (value: unknown) => void) => yes(answer) }),
    ],
  ])('may be given %s', async (_how, give) => {
    const seat = seatBot({ decide: () => give(Action.raiseTo(40)) });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toEqual([
      {
        type: 'bot.decided',
        requestId: 'q1',
        answer: { action: 'raise', params: { amount: 40 } },
        latencyMs: 0,
      },
    ]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('that is illegal is made legal and told with what was wrong', () => {
    const seat = seatBot({ decide: () => Action.check() });
    seat.ask('q1');
    const correction = { why: 'check is not offered (fold, call, raise).', asked: { action: 'check' } };
    expect(seat.facts).toEqual([{ ...decided('q1', 'fold'), correction }]);
  });

  it.each<[string, () => unknown]>([
    ['at once', () => revoked()],
    ['as a promise', () => Promise.resolve({ action: 'raise', params: revoked() })],
  ])('that cannot be read is answered safely, given %s', async (_how, decide) => {
    const seat = seatBot({ decide });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toMatchObject([{ type: 'bot.decided', requestId: 'q1', answer: { action: 'fold' } }]);
  });

  const broken = new Error('broken');
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['rejects', () => Promise.reject(broken)],
    [
      'returns a thenable that throws',
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: that is the case
        then() {
          throw broken;
        },
      }),
    ],
    [
      'returns an object whose then throws when looked at',
      () => ({
        get then() {
          throw broken;
        },
      }),
    ],
  ])('that %s fails its turn once', async (_how, decide) => {
    const seat = seatBot({ decide });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toEqual([
      { type: 'bot.failed', hook: 'decide', message: 'broken', error: broken, requestId: 'q1' },
    ]);
    seat.clock.advance(expiryMs);
    expect(seat.facts).toHaveLength(1);
    expect(seat.clock.pending()).toBe(0);
  });

  it('is not asked for when its turn is over before the bot comes to it', async () => {
    const slow = deferred();
    const asked: string[] = [];
    const seat = seatBot({
      onRoundStart: () => slow.promise,
      decide: (state: GameState) => asked.push(state.requestId) && Action.call(),
    });
    seat.show(roundStart());
    seat.ask('q1');
    seat.abort('q1');
    seat.ask('q2');
    seat.ask('q3');
    slow.resolve();
    await settled();
    expect(asked).toEqual(['q3']);
    expect(seat.facts).toEqual([decided('q3')]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('tells its latency to the bot after the answer was told, and once', async () => {
    const order: unknown[] = [];
    const seat = seatBot({
      decide() {
        seat.clock.block(30);
        return Action.call();
      },
      onDecisionLatency: (ms: number) => order.push(ms),
    });
    seat.whenTold(({ type }) => order.push(type));
    seat.ask('q1');
    expect(order).toEqual(['bot.decided']);
    await settled();
    expect(order).toEqual(['bot.decided', 30]);
  });

  it('that failed or came late tells no latency', async () => {
    const latencies: number[] = [];
    const { bot, answer, fail } = thinker();
    const seat = seatBot({ ...bot, onDecisionLatency: (ms: number) => latencies.push(ms) });
    seat.ask('q1');
    await fail(broken);
    seat.ask('q2');
    seat.abort('q2');
    await answer();
    expect(seat.facts.map(({ type }) => type)).toEqual(['bot.failed', 'bot.late']);
    expect(latencies).toEqual([]);
  });

  it('sees the turn it is for', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    const [turn] = turns;
    expect([turn?.matchId, turn?.requestId, turn?.deadline, turn?.raw]).toEqual([
      'm1',
      'q1',
      seat.clock.now() + deadlineMs,
      turnRequest('q1'),
    ]);
    seat.stop();
  });
});

describe('the decision clock', () => {
  it('tells a turn overdue exactly at its deadline, once', () => {
    const { bot } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    seat.clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
    seat.clock.advance(60_000);
    expect(seat.facts).toEqual([overdue('q1')]);
  });

  it('waits on when a timer fires early', () => {
    const clock = createVirtualClock();
    const early = {
      ...clock,
      setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, Math.max(0, ms - 1)),
    };
    const seat = seatBot(thinker().bot, early);
    seat.ask('q1');
    clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
  });

  it('waits in parts for a deadline beyond what a timer can count', () => {
    const clock = createVirtualClock();
    const waits: number[] = [];
    const seat = seatBot(thinker().bot, {
      ...clock,
      setTimeout(fn, ms) {
        waits.push(ms);
        return clock.setTimeout(fn, ms);
      },
    });
    const farMs = 2 ** 31 + 5;
    const deadlineAt = clock.now() + farMs;
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt, expiresAt: deadlineAt + 1 });
    clock.advance(farMs - 1);
    expect(seat.facts).toEqual([]);
    clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
    expect(waits).toEqual([2 ** 31 - 1, 6]);
  });

  it('starts again when the turn is repeated, and nothing is asked again', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(1_000);
    seat.ask('q1');
    expect(turns).toHaveLength(1);
    expect(turns[0]?.deadline).toBe(seat.clock.now() + deadlineMs);
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    await answer();
    expect(seat.facts).toEqual([decided('q1', 'call', 1_000 + deadlineMs - 1)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('starts again also after the turn was overdue, for an answer that could not be sent', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(5_000);
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    await answer();
    expect(turns).toHaveLength(1);
    expect(seat.facts).toEqual([overdue('q1'), overdue('q1'), decided('q1', 'call', 5_000 + deadlineMs)]);
  });

  it('fires the signal when the turn is over, also for one who looks only then', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    const fired: string[] = [];
    seat.ask('q1');
    turns[0]?.signal.addEventListener('abort', () => fired.push('q1'));
    expect(turns[0]?.signal.aborted).toBe(false);
    seat.abort('q2');
    expect(fired).toEqual([]);
    seat.abort('q1');
    seat.abort('q1');
    expect(fired).toEqual(['q1']);
    await answer();

    seat.ask('q2');
    seat.abort('q2');
    expect(turns[1]?.signal.aborted).toBe(true);
    expect(turns[1]?.signal).toBe(turns[1]?.signal);
    expect(seat.clock.pending()).toBe(0);
  });

  it('drops an answer that comes after the turn was over, whatever it is', async () => {
    const { bot, answer, fail } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    seat.abort('q1');
    seat.clock.advance(700);
    await answer();
    expect(seat.take()).toEqual([overdue('q1'), late('q1', 2_500)]);
    seat.ask('q2');
    seat.abort('q2');
    await fail(new Error('aborted'));
    expect(seat.take()).toEqual([]);
  });

  /** Takes the thread for this long in each decision. */
  const blocker = (clock: VirtualClock, ms: number, answer: () => unknown = () => Action.call()) => ({
    decide() {
      clock.block(ms);
      return answer();
    },
  });

  it('lets a blocking bot answer past its deadline while the server still waits', () => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs - 1), clock);
    seat.ask('q1');
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs - 1)]);
    clock.advance(10);
    expect(seat.facts).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('lets the socket be read before the answer of a bot that blocked past the end', () => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs), clock);
    seat.ask('q1');
    // In the real event loop the first timer may still come before the socket.
    clock.setTimeout(() => expect(seat.facts).toEqual([]), 0);
    clock.advance(0);
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs)]);
    expect(clock.pending()).toBe(0);
  });

  it.each<[string, () => unknown, BotEvent[]]>([
    ['an answer is told late', () => Action.call(), [late('q1', expiryMs)]],
    ['a failure is not told', () => JSON.parse('{'), []],
  ])('when the socket had the end of the turn: %s and nothing else', (_what, answer, told) => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs, answer), clock);
    seat.ask('q1');
    clock.setTimeout(() => seat.abort('q1'), 0);
    clock.advance(60_000);
    expect(seat.facts).toEqual(told);
    expect(clock.pending()).toBe(0);
  });

  it('lets the socket be read before it tells overdue on a thread that was blocked past the end', () => {
    const seat = seatBot(thinker().bot);
    const { clock } = seat;
    seat.ask('q1');
    clock.block(expiryMs);
    clock.setTimeout(() => seat.abort('q1'), 0);
    clock.advance(10);
    expect(seat.take()).toEqual([]);

    seat.ask('q2');
    clock.block(expiryMs);
    clock.setTimeout(() => seat.ask('q2'), 0);
    clock.advance(10);
    expect(seat.take()).toEqual([]);
    clock.advance(deadlineMs);
    expect(seat.take()).toEqual([]);
  });

  it('treats an asynchronous decision that blocked past the end alike', async () => {
    const { bot, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.block(expiryMs + 500);
    await answer();
    expect(seat.facts).toEqual([]);
    seat.clock.advance(0);
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs + 500)]);
  });
});

describe('a bot that cannot be made', () => {
  const broken = new Error('no model file');
  class Broken {
    constructor() {
      throw broken;
    }
    decide() {}
  }
  const junk = new BadBotError(
    'The bot factory returned an object without decide. A bare function is taken for a factory that returns a bot; to give only decide, pass { decide }.',
  );

  it.each<[string, unknown, Error]>([
    ['the constructor throws', Broken, broken],
    ['the factory throws', () => JSON.parse(''), new SyntaxError('Unexpected end of JSON input')],
    ['the factory rejects', () => Promise.reject(broken), broken],
    ['the factory returns junk', () => ({ play: true }), junk],
    ['the factory promises junk', async () => ({ play: true }), junk],
  ])('fails each turn and still finishes the match: %s', async (_why, source, error) => {
    const seat = seatBot(source);
    seat.show(matchStart, roundStart());
    seat.ask('q1');
    await settled();
    seat.ask('q2');
    seat.finish();
    await settled();
    const none = new BadBotError('There is no bot: its constructor or factory failed.');
    const failure = (hook: string, cause: Error) => ({
      type: 'bot.failed',
      hook,
      message: cause.message,
      error: cause,
    });
    expect(seat.facts).toEqual([
      failure('constructor', error),
      { ...failure('decide', none), requestId: 'q1' },
      { ...failure('decide', none), requestId: 'q2' },
      finished,
    ]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('keeps its turns waiting, and its clock running, while an asynchronous factory is at work', async () => {
    const making = deferred<object>();
    const seat = seatBot(() => making.promise);
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([overdue('q1')]);
    seat.abort('q1');
    seat.ask('q2');
    making.resolve({ decide: () => Action.call() });
    await settled();
    expect(seat.facts).toEqual([overdue('q1'), decided('q2')]);
  });
});

describe('a table that is not poker', () => {
  const draw: ObservedFrame = { type: 'hello', game_type: 'draw27', game: { variant: 'limit' } };
  const drawTurn = { valid_actions: ['draw', 'stand'], state: {} };

  it('asks decideRaw, with the turn, and passes its parameters on', () => {
    const seen: unknown[] = [];
    const seat = seatBot({
      decideRaw(turn: Turn) {
        seen.push(this, turn.raw);
        return { action: 'draw', params: { cards: [0, 4] } };
      },
    });
    seat.show(draw);
    seat.ask('q1', drawTurn);
    expect(seen).toEqual([
      expect.objectContaining({ decideRaw: expect.any(Function) }),
      turnRequest('q1', drawTurn),
    ]);
    expect(seat.facts).toEqual([
      {
        type: 'bot.decided',
        requestId: 'q1',
        answer: { action: 'draw', params: { cards: [0, 4] } },
        latencyMs: 0,
      },
    ]);
  });

  it('takes the first offered action for one that is not', () => {
    const seat = seatBot({ decideRaw: () => Action.check() });
    seat.show(draw);
    seat.ask('q1', drawTurn);
    const correction = { why: 'check is not offered (draw, stand).', asked: { action: 'check' } };
    expect(seat.facts).toEqual([{ ...decided('q1', 'draw'), correction }]);
  });

  it('fails the turns of a bot that plays poker only', () => {
    const seat = seatBot({ decide: () => Action.call() });
    seat.show(draw);
    seat.ask('q1', drawTurn);
    const error = new BadBotError('This table is not poker and the bot has no decideRaw(turn).');
    expect(seat.facts).toEqual([
      { type: 'bot.failed', hook: 'decide', message: error.message, error, requestId: 'q1' },
    ]);
  });
});

describe('one host per match', () => {
  it('gives each match its own bot of a class, and all the same instance', () => {
    class Counter {
      static made = 0;
      asked = 0;
      constructor() {
        Counter.made += 1;
      }
      decide() {
        this.asked += 1;
        return Action.raiseTo(20 + this.asked);
      }
    }
    const clock = createVirtualClock();
    const amounts = (source: unknown) => {
      const logic = [seatBot(source, clock), seatBot(source, clock)];
      for (const seat of logic) seat.ask('q1');
      return logic.flatMap(({ facts }) =>
        facts.map((fact) => fact.type === 'bot.decided' && fact.answer.params),
      );
    };
    expect(amounts(Counter)).toEqual([{ amount: 21 }, { amount: 21 }]);
    expect(amounts(() => new Counter())).toEqual([{ amount: 21 }, { amount: 21 }]);
    expect(amounts(new Counter())).toEqual([{ amount: 21 }, { amount: 22 }]);
    expect(Counter.made).toBe(5);
  });

  it('keeps what it learned of one match out of the next', () => {
    const states: GameState[] = [];
    const bot = { decide: (state: GameState) => states.push(state) && Action.call() };
    const first = seatBot(bot);
    first.show({ type: 'hello', game: {} }, { type: 'hello' }, matchStart, roundStart(1));
    first.ask('q1');
    seatBot(bot).ask('q1');
    expect(states.map(({ yourSeat, dealerSeat }) => [yourSeat, dealerSeat])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('stops its timers, fires the running signal and tells nothing more when it is stopped', async () => {
    const { bot, turns, answer } = thinker();
    const calls: string[] = [];
    const seat = seatBot({
      ...bot,
      onRoundStart: () => calls.push('round'),
      onMatchEnd: () => calls.push('end'),
    });
    seat.ask('q1');
    const signal = turns[0]?.signal;
    seat.show(roundStart());
    seat.finish();
    seat.stop();
    expect(signal?.aborted).toBe(true);
    expect(seat.clock.pending()).toBe(0);
    await answer();
    seat.clock.advance(60_000);
    expect(calls).toEqual([]);
    expect(seat.facts).toEqual([]);
  });

  it('stops also what waits for the socket, and a latency not yet told', async () => {
    const clock = createVirtualClock();
    const latencies: number[] = [];
    let blockMs = expiryMs;
    const seat = () =>
      seatBot(
        {
          decide() {
            clock.block(blockMs);
            return Action.call();
          },
          onDecisionLatency: (ms: number) => latencies.push(ms),
        },
        clock,
      );
    const blocked = seat();
    blocked.ask('q1');
    blocked.stop();
    expect(clock.pending()).toBe(0);

    blockMs = 0;
    const answered = seat();
    answered.ask('q1');
    answered.stop();
    await settled();
    expect(answered.facts).toEqual([decided('q1')]);
    expect(latencies).toEqual([]);
  });

  it('may be stopped by the very fact it tells', async () => {
    const seat = seatBot({ decide: async () => Action.call() });
    seat.whenTold(() => seat.stop());
    seat.ask('q1');
    await settled();
    expect(seat.facts).toEqual([decided('q1')]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('keeps nothing of the turns that are over', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const seen: WeakRef<object>[] = [];
    const seat = seatBot({
      async decide(_state: GameState, turn: Turn) {
        seen.push(new WeakRef(turn), new WeakRef(turn.raw), new WeakRef(turn.signal));
        return Action.call();
      },
    });
    for (let i = 0; i < 50; i += 1) {
      seat.ask(`q${i}`);
      await settled();
      seat.take();
    }
    await settled();
    collectGarbage();
    expect(seen.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(3);
    expect(seat.clock.pending()).toBe(0);
  });
});
