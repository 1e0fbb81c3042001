import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedBettingOf, fairWinnings } from '../../src/histories/closed-betting.js';
import { decisionsOf } from '../../src/histories/decisions.js';
import { chipsOf } from '../../src/histories/hand-chips.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { coveredCall, cutOff, shortBlind, splitBoard, takenOnFlop } from './example-hands.js';
import { handOf } from './hands.js';
import { randomHands } from './random-hands.js';

const closed = (hand: HandHistory) => closedBettingOf(hand, decisionsOf(hand));

/** Seat 1 has 1,000 and calls 400 all-in on the flop; a third seat has folded. */
const covering = handOf(
  {
    stacks: [400, 1000, 500],
    after: [0, 1410, 490],
    dealer: 2,
    board: 'Kc7d2s9h3c',
    cards: ['QsQc', 'AhKd', ''],
    shown: [0, 1],
  },
  ['preflop: 0 sb 5, 1 bb 10, 2 call 10, 0 call 5, 1 check', 'flop: 0 raise 390, 1 call 390, 2 fold'],
);

describe('closed betting', () => {
  it('begins when nobody can bet any more, whoever is all-in', () => {
    expect(closed(covering)).toMatchObject({
      street: 'flop',
      board: ['Kc', '7d', '2s'],
      contenders: [{ seat: 0 }, { seat: 1 }],
    });
    expect(closed(coveredCall)).toMatchObject({ street: 'turn', board: ['Kc', '7d', '2s', '9h'] });
    expect(closed(splitBoard)).toMatchObject({ street: 'preflop', board: [] });
    expect(closed(shortBlind)).toMatchObject({ street: 'preflop', board: [] });
  });

  it('is none of a hand that ended by folds, went to the river, or was cut off', () => {
    expect(closed(takenOnFlop)).toBeNull();
    const played = handOf({ stacks: [100, 100], board: 'Kc7d2s9h3c' }, [
      'preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check',
      'flop: 1 check, 0 check',
      'turn: 1 check, 0 check',
      'river: 1 check, 0 raise 90, 1 call 90',
    ]);
    expect(closed(played)).toBeNull();
    expect(closed(cutOff)).toBeNull();
  });

  it('leaves at most one contender with chips, at the local table', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        for (const hand of hands) {
          const all = closed(hand);
          if (all === null) continue;
          const { put } = chipsOf(hand);
          const deep = all.contenders.filter(({ seat, stack }) => (stack ?? 0) > (put.get(seat) ?? 0));
          expect(deep.length).toBeLessThan(2);
          expect(hand.board).toHaveLength(5);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('fair winnings', () => {
  const fair = (hand: HandHistory, seat: number, share: number) => {
    const all = closed(hand);
    return all && fairWinnings(hand, all, { seat, share });
  };

  it('are a share of the pot', () => {
    expect([fair(covering, 1, 0.9), fair(covering, 0, 0.1)]).toEqual([0.9 * 810, 0.1 * 810]);
    expect([fair(splitBoard, 0, 0.5), fair(splitBoard, 1, 0.5)]).toEqual([400, 400]);
  });

  it('give what folded seats put in above the shorter stake to the deeper seat', () => {
    const hand = handOf({ stacks: [40, 500, 500], after: [0, 630, 410], dealer: 2, board: 'Kc7d2s9h3c' }, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 90, 0 call 35, 1 raise 500, 2 fold',
    ]);
    // 120 are contested; of the folded 90 the 50 above 40 are seat 1's, whatever comes.
    expect([fair(hand, 0, 0.25), fair(hand, 1, 0.75)]).toEqual([30, 90 + 100]);
  });

  it('are not known of three contenders', () => {
    const hand = handOf({ stacks: [50, 50, 50], after: [150, 0, 0], dealer: 2, board: 'Kc7d2s9h3c' }, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 50, 0 call 45, 1 call 40',
    ]);
    expect(fair(hand, 0, 0.5)).toBeNull();
  });

  it('of both contenders are what was in the pot, at the local table', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        for (const hand of hands) {
          const all = closed(hand);
          const [one, other] = all?.contenders ?? [];
          if (all === null || one === undefined || other === undefined || all.contenders.length > 2) continue;
          const sum = [one, other].map(({ seat }) => fairWinnings(hand, all, { seat, share: 0.5 }) ?? 0);
          expect((sum[0] ?? 0) + (sum[1] ?? 0)).toBe(chipsOf(hand).pot);
          // The share that came true is what the stacks say.
          const won = chipsOf(hand).won;
          const full = fairWinnings(hand, all, { seat: one.seat, share: 1 });
          expect(won?.get(one.seat) ?? 0).toBeLessThanOrEqual(full ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
