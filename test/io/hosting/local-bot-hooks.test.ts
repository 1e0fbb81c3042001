import { describe, expect, it } from 'vitest';
import { Bot } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import {
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
  turnResult,
} from '../../kit/bot-seat.js';

/** Errors of these tests are made in this file. */
const placeHere: string = expect.stringMatching(/^test\/io\/hosting\/local-bot-hooks\.test\.ts:\d+$/);

describe('the hooks', () => {
  /** Written as for the official JavaScript SDK, 0.3.0; only the import differs. */
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
    override onMatchEnd(results: unknown, frame: unknown) {
      this.heard.push(['onMatchEnd', results, frame]);
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
      ['onMatchEnd', matchEnd.results, matchEnd],
    ]);
    expect(seat.facts).toEqual([decided('q1'), finished]);
  });

  it('get the frame alone at the end of a match without results', () => {
    const ends: unknown[] = [];
    const seat = seatBot({
      onMatchEnd: (...given: unknown[]) => void ends.push(given),
      decide: () => Action.fold(),
    });
    const end = { type: 'match_end', reason: 'cancelled' } as const;
    seat.send({ type: 'bot.finish', frame: end });
    expect(ends).toEqual([[end, end]]);
  });

  it('show the round of the hand in play where the turn does not name it', () => {
    const states: GameState[] = [];
    const seat = seatBot({ decide: (state: GameState) => states.push(state) && Action.fold() });
    seat.show({ type: 'round_start', round_id: 'r-7', state: { hand_number: 7 } });
    seat.ask('q1', { state: { hand_number: 7 } });
    seat.ask('q2', { state: { hand_number: 8 } });
    seat.show({ type: 'round_start', state: { hand_number: 8 } });
    seat.ask('q3', { state: { hand_number: 8 } });
    expect(states.map(({ roundId }) => roundId)).toEqual(['r-7', '', '']);
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

  it('show no dealer of an earlier hand', () => {
    const states: GameState[] = [];
    const seat = seatBot({ decide: (state: GameState) => states.push(state) && Action.fold() });
    const action_history = [{ seat: 1, action: 'post_small_blind', amount: 5 }];
    const state = { opponent_stacks: [100], your_stack: 100, action_history };
    seat.show({ type: 'round_start', state: { dealer_seat: 0, hand_number: 1 } });
    seat.ask('q1', { state: { ...state, hand_number: 1 } });
    seat.ask('q2', { state: { ...state, hand_number: 2 } });
    expect(states.map(({ dealerSeat }) => dealerSeat)).toEqual([0, 1]);
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

  it('may be made by an earlier one that still runs', async () => {
    const heard: string[] = [];
    const slow = deferred();
    const bot = {
      async onMatchStart() {
        await slow.promise;
        Object.assign(bot, { onTurnResult: () => heard.push('onTurnResult') });
      },
      decide: () => Action.call(),
    };
    const seat = seatBot(bot);
    seat.show(matchStart, turnResult);
    slow.resolve();
    await settled();
    expect(heard).toEqual(['onTurnResult']);
    seat.stop();
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

  it('hold up what comes after one that never ends for 10 s, while every turn is still told to be overdue', async () => {
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
    await settled();
    expect(calls).toEqual([]);
    seat.clock.advance(10_000 - 2 * expiryMs);
    await settled();
    seat.ask('q3');
    expect(calls).toEqual(['turn result', 'decide']);
    expect(seat.facts).toEqual([
      overdue('q1'),
      overdue('q2'),
      { type: 'bot.slow', hook: 'onRoundStart', waitedMs: 10_000 },
      decided('q3', 'call', 0),
    ]);
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
    const failure = (hook: string) => ({
      type: 'bot.failed',
      hook,
      message: 'no such hook',
      place: placeHere,
      error,
    });
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
      { type: 'bot.failed', hook: 'onMatchEnd', message: 'disk full', place: placeHere, error },
      finished,
    ]);
  });
});
