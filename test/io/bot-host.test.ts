import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ObservedFrame } from '../../src/machines/ports.js';
import { Action } from '../../src/poker/action.js';
import { Bot, type Turn } from '../../src/poker/bot.js';
import type { GameState } from '../../src/poker/game-state.js';
import { BadBotError } from '../../src/protocol/errors.js';
import {
  deadlineMs,
  decided,
  deferred,
  expiryMs,
  finished,
  matchEnd,
  matchStart,
  overdue,
  phaseChange,
  revoked,
  roundResult,
  roundStart,
  seatBot,
  settled,
  thinker,
  turnRequest,
  turnResult,
} from '../support/bot-seat.js';
import { createVirtualClock } from '../support/virtual-clock.js';

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
