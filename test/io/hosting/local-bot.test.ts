import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import type { ObservedFrame } from '../../../src/machines/ports.js';
import { BadBotError } from '../../../src/protocol/errors.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import {
  deadlineMs,
  decided,
  deferred,
  expiryMs,
  finished,
  matchStart,
  overdue,
  roundStart,
  seatBot,
  settled,
  thinker,
  turnRequest,
} from '../../kit/bot-seat.js';
import { collectGarbage } from '../../kit/collect-garbage.js';

/** Errors of these tests are made in this file. */
const placeHere: string = expect.stringMatching(/^test\/io\/hosting\/local-bot\.test\.ts:\d+$/);

describe('a match', () => {
  it('is told that its bot is made when a factory has settled, once, and also when that failed', async () => {
    for (const settle of ['resolve', 'reject'] as const) {
      const made = deferred<unknown>();
      const seat = seatBot(() => made.promise);
      expect(seat.readies()).toBe(0);
      if (settle === 'resolve') made.resolve({ decide: () => Action.call() });
      else made.reject(new Error('no model file'));
      await settled();
      seat.ask('q1');
      expect(seat.readies()).toBe(1);
      seat.stop();
    }
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
      // What this package says of a bot has no place in its author's files.
      place: cause instanceof BadBotError ? null : placeHere,
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

  it('shows each turn the game of its table, and none at poker', () => {
    const games: unknown[] = [];
    const look = (turn: Turn) => {
      games.push(turn.game);
      return Action.call();
    };
    const seat = seatBot({ decide: (_state: GameState, turn: Turn) => look(turn), decideRaw: look });
    seat.show(draw);
    seat.ask('q1', drawTurn);
    seat.show({ type: 'hello', game_type: 'nlhe' });
    seat.ask('q2');
    expect(games).toEqual([{ variant: 'limit' }, null]);
  });

  const placeTurn = { valid_actions: ['place'], state: {} };
  const rejection = {
    type: 'action_rejected' as const,
    request_id: 'q1',
    reason: 'illegal_placement',
    valid_actions: ['place'],
    row_capacity: { top: 0 },
  };

  it.each<[string, (answer: object) => unknown]>([
    ['at once', (answer) => answer],
    ['as a promise', (answer) => Promise.resolve(answer)],
  ])('asks again with the rejection of an answer, given %s', async (_how, give) => {
    const seen: unknown[] = [];
    const seat = seatBot({
      decideRaw(turn: Turn) {
        seen.push(turn.rejection);
        return give({ action: 'place', params: { row: seen.length } });
      },
    });
    seat.show(draw);
    seat.ask('q1', placeTurn);
    await settled();
    seat.askAgain(rejection, placeTurn);
    await settled();
    // A repeat of the turn is answered by the newest answer.
    seat.ask('q1', placeTurn);
    const answer = (row: number) => ({
      ...decided('q1', 'place'),
      answer: { action: 'place', params: { row } },
    });
    expect(seen).toEqual([null, rejection]);
    expect(seat.facts).toEqual([answer(1), answer(2), answer(2)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it.each<[string, unknown]>([
    ['at once', Action.check()],
    ['as a promise', Promise.resolve(Action.check())],
  ])(
    'fails the turn for an action that is not offered where none is free, given %s',
    async (_how, answer) => {
      const seat = seatBot({
        decideRaw(turn: Turn) {
          turn.propose({ action: 'place' });
          // Of no use, so it does not take the place of the better one.
          turn.propose(Action.check());
          return answer;
        },
      });
      seat.show(draw);
      seat.ask('q1', placeTurn);
      await settled();
      expect(seat.facts).toEqual([
        {
          type: 'bot.failed',
          hook: 'decide',
          message: 'check is not offered (place).',
          place: null,
          error: new TypeError('check is not offered (place).'),
          requestId: 'q1',
          proposal: { action: 'place' },
        },
      ]);
      expect(seat.clock.pending()).toBe(0);
    },
  );

  it('stands pat for an action that is not offered at a draw', () => {
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
      { type: 'bot.failed', hook: 'decide', message: error.message, place: null, error, requestId: 'q1' },
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
    await collectGarbage();
    expect(seen.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(3);
    expect(seat.clock.pending()).toBe(0);
  });
});

describe('a bot that knows the secret', () => {
  it('has it shown in nothing that it says of itself; its own error stays its own', async () => {
    const secret = 'a ticket of some length';
    const error = new Error(`no model for a ticket\u200b of some length`);
    const bot = {
      decide: ({ requestId }: GameState) => {
        if (requestId === 'q1') throw error;
        return { action: secret, params: { amount: secret } };
      },
    };
    const seat = seatBot(bot, createVirtualClock(), undefined, secret);
    seat.ask('q1');
    seat.ask('q2');
    await settled();
    expect(seat.facts).toEqual([
      {
        type: 'bot.failed',
        hook: 'decide',
        message: 'no model for [token]',
        place: placeHere,
        error,
        requestId: 'q1',
      },
      {
        ...decided('q2', 'fold', 0),
        correction: {
          why: '[token] is not offered (fold, call, raise).',
          asked: { action: '[token]', params: { amount: '[token]' } },
        },
      },
    ]);
  });
});

describe('a turn with a card that cannot be read', () => {
  const state = (board: unknown[]) => ({ state: { board, your_hole_cards: ['Ks', 'Kh'] } });

  it('is told of once for each field of a match, and asked without it', async () => {
    const boards: number[] = [];
    const seat = seatBot({
      decide({ board }: GameState) {
        boards.push(board.length);
        return Action.call();
      },
    });
    seat.ask('q1', state(['2c', 'x\u001b', '1d']));
    seat.ask('q2', state(['2c', '1d']));
    seat.ask('q3', { state: { board: [], your_hole_cards: { a: 'x'.repeat(100) } } });
    seat.ask('q4', state([]));
    await settled();
    const unread = (field: string, found: string) => ({ type: 'bot.unread', field, found });
    expect(seat.facts.filter(({ type }) => type !== 'bot.decided')).toEqual([
      unread('board', '"x\\u001b"'),
      unread('your_hole_cards', `{"a":"${'x'.repeat(34)}`),
    ]);
    expect(boards).toEqual([1, 1, 0, 0]);
  });
});
