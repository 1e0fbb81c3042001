import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { IllegalActionError } from '../../src/holdem/illegal-action.js';
import { legalAnswer } from '../../src/holdem/legal-answer.js';
import { createTable } from '../../src/holdem/table.js';
import { safeAction } from '../../src/protocol/safe-action.js';
import { anyAnswer } from './any-answer.js';
import { act, acted, entry, headsUp, play } from './table-match.js';

describe('actions', () => {
  it('that are not offered or not understood are refused with a reason, and the turn stays open', () => {
    const table = headsUp();
    table.startHand();
    const before = structuredClone(table.turn);
    const reasons = [
      act('check'),
      act('all_in'),
      act('RAISE', 20),
      act(''),
      act('raise'),
      { action: 'raise', params: { amount: '20' } },
      { action: 'raise', params: { amount: null } },
      act('raise', 20.5),
      act('raise', Number.NaN),
      act('raise', Number.POSITIVE_INFINITY),
    ].map((action) => {
      try {
        return table.act(action);
      } catch (error) {
        return error instanceof IllegalActionError ? error.reason : error;
      }
    });
    expect(reasons).toEqual([
      ...Array.from({ length: 4 }, () => 'action_not_allowed'),
      ...Array.from({ length: 6 }, () => 'bad_amount'),
    ]);
    expect(table.turn).toEqual(before);
  });

  it.each([
    [-5, 20],
    [0, 20],
    [19, 20],
    [20, 20],
    [1000, 1000],
    [1001, 1000],
    [1e300, 1000],
  ])('a raise to %d becomes a raise to %d', (asked, given) => {
    const table = headsUp();
    table.startHand();
    expect(table.act(act('raise', asked))[0]).toEqual(
      acted(entry(0, 'raise', given), given + 10, [1000 - given, 990]),
    );
  });

  it('are taken as a bot returns them: an Action, all-in included, or the plain shape', () => {
    const answers = [Action.raiseTo(40), { action: 'raise', params: { amount: 40 } }];
    for (const answer of answers) {
      const table = headsUp();
      table.startHand();
      expect(table.act(answer)[0]).toMatchObject({ action: 'raise', amount: 40 });
      expect(table.act(Action.allIn())[0]).toMatchObject({ action: 'raise', amount: 1000 });
      expect(table.act(Action.allIn())[0]).toMatchObject({ action: 'call', amount: 960 });
    }
  });

  it('of another copy of this package are taken too', () => {
    const table = headsUp();
    table.startHand();
    const foreign = {
      action: 'raise',
      amount: 40,
      toWire: () => ({ action: 'raise', params: { amount: 40 } }),
    };
    expect(table.act(foreign)[0]).toMatchObject({ action: 'raise', amount: 40 });
  });

  it.each([undefined, null, 'fold', 7, {}, { action: 1 }, Object.create(null)])(
    'are refused where %j is none',
    (answer) => {
      const table = headsUp();
      table.startHand();
      expect(() => Reflect.apply(table.act, table, [answer])).toThrow(
        expect.objectContaining({ reason: 'action_not_allowed' }),
      );
    },
  );

  it('are made legal on request, by the rules that the agent has', () => {
    fc.assert(
      fc.property(anyAnswer, fc.array(fc.nat({ max: 2 }), { maxLength: 6 }), (give, before) => {
        const table = headsUp();
        table.startHand();
        for (const choice of before) {
          if (table.turn === null) return;
          table.act(choice === 0 ? { action: 'call' } : Action.raiseTo(20 * choice), { legalize: true });
        }
        if (table.turn === null) return;
        const { action, params } = legalAnswer(give(), table.turn).action;
        const { toCall } = table.turn;
        const amount = action === 'raise' ? params?.['amount'] : action === 'call' ? toCall : 0;
        const [fact] = Reflect.apply(table.act, table, [give(), { legalize: true }]);
        expect(fact).toMatchObject({ type: 'acted', action, amount });
      }),
      { numRuns: 300 },
    );
  });

  it('played by the clock are marked in the fact and in the history', () => {
    const table = headsUp();
    table.startHand();
    const action = safeAction(table.turn?.validActions ?? []);
    const [fold, ended] = table.act({ action }, { isTimeout: true });
    expect(fold).toMatchObject({ type: 'acted', action: 'fold', isTimeout: true });
    expect(ended).toMatchObject({
      history: [
        entry(0, 'post_small_blind', 5),
        entry(1, 'post_big_blind', 10),
        { ...entry(0, 'fold', 0), isTimeout: true },
      ],
    });
  });

  it('leave turns and results that were handed out as they were', () => {
    const table = headsUp();
    const handedOut: unknown[] = table.startHand();
    handedOut.push(table.turn);
    const before = JSON.stringify(handedOut);
    play(table, [0, 'call'], [1, 'raise', 30], [0, 'fold']);
    table.startHand();
    expect(JSON.stringify(handedOut)).toBe(before);
  });

  it('are those of the seat whose turn it is, whatever was done to what was handed out', () => {
    const table = headsUp();
    const [started] = table.startHand();
    Object.assign(table.turn!, { seat: 1, toCall: 0, maxRaise: 9_000 });
    expect(play(table, [1, 'call'])[0]).toMatchObject({ type: 'acted', seat: 0, amount: 5 });
    if (started?.type !== 'handStarted') throw new Error('No hand was started.');
    expect(() => Object.assign(started.holeCards, [[]])).toThrow(TypeError);
  });

  it('are refused between hands, and a hand is not started twice', () => {
    const table = headsUp();
    expect(() => table.act(act('check'))).toThrow(expect.objectContaining({ reason: 'no_turn' }));
    table.startHand();
    expect(() => table.startHand()).toThrow('Hand 1 is still in play.');
  });
});

describe('a match', () => {
  it('ends after its last hand, and equal stacks share a place', () => {
    const table = headsUp({ maxHands: 2 });
    table.startHand();
    play(table, [0, 'fold']);
    table.startHand();
    expect(play(table, [1, 'fold']).at(-1)).toEqual({
      type: 'matchEnded',
      standings: [
        { seat: 0, stack: 1000, netChips: 0, handsWon: 1 },
        { seat: 1, stack: 1000, netChips: 0, handsWon: 1 },
      ],
      finishingOrder: [
        { place: 1, seat: 0 },
        { place: 1, seat: 1 },
      ],
      hands: 2,
    });
  });

  it('places those who went out in the same hand by the chips they began it with', () => {
    for (let trial = 0; trial < 200; trial += 1) {
      const table = createTable({
        seats: 3,
        startingStack: 100,
        smallBlind: 5,
        bigBlind: 10,
        seed: `out-${trial}`,
      });
      table.startHand();
      play(table, [0, 'fold'], [1, 'fold']);
      // Stacks are 100, 95, 105; seat 2 covers both others.
      table.startHand();
      const last = play(table, [1, 'raise', 95], [2, 'raise', 105], [0, 'call']).at(-1);
      if (last?.type !== 'matchEnded') continue;
      expect(last.finishingOrder).toEqual([
        { place: 1, seat: 2 },
        { place: 2, seat: 0 },
        { place: 3, seat: 1 },
      ]);
      return;
    }
    expect.unreachable('no seed let seat 2 win against both');
  });
});
