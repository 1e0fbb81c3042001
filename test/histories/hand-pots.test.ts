import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipsOf } from '../../src/histories/hand-chips.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { potsOf, stacksByRules } from '../../src/histories/hand-pots.js';
import { coveredCall, cutOff, foldedRound, sharedMainPot } from './example-hands.js';
import { handOf } from './hands.js';
import { randomHands } from './random-hands.js';

const sharesOf = (hand: HandHistory) =>
  potsOf(hand)?.map(({ amount, winners }) => [
    amount,
    Object.fromEntries(winners.map((won) => [won.seat, won.amount])),
  ]);

const hidden = (hand: HandHistory): HandHistory => ({
  ...hand,
  seats: hand.seats.map((seat) => ({ ...seat, cards: null })),
});

/** Three that are all-in for less and less, and one that has them covered. */
const threePots = handOf(
  {
    stacks: [10, 30, 60, 100],
    after: [40, 60, 60, 40],
    dealer: 3,
    board: 'Tc7d2s9h3c',
    cards: ['AsAd', 'KsKd', 'QsQd', 'JsJd'],
    shown: [0, 1, 2, 3],
  },
  ['preflop: 0 sb 5, 1 bb 10, 2 raise 60, 3 call 60, 0 call 5, 1 call 20'],
);

describe('the pots of a hand', () => {
  it('are shared as the cards say, an odd chip where the stacks say', () => {
    expect(sharesOf(sharedMainPot)).toEqual([
      [159, { 0: 80, 1: 79 }],
      [50, { 0: 25, 1: 25 }],
    ]);
    expect(sharesOf(coveredCall)).toEqual([[1000, { 0: 1000 }]]);
    expect(sharesOf(foldedRound)).toEqual([[10, { 1: 10 }]]);
  });

  it('go to whoever could win them where the cards are not known', () => {
    const hand = {
      ...threePots,
      seats: threePots.seats.map((seat) => ({ ...seat, stackAfter: [40, 0, 120, 40][seat.seat] ?? 0 })),
    };
    expect(sharesOf(hidden(hand))).toEqual([
      [40, { 0: 40 }],
      [60, { 2: 60 }],
      [60, { 2: 60 }],
    ]);
  });

  it('have the rake of the house, the main pot first', () => {
    const seats = foldedRound.seats.map((seat) => (seat.seat === 1 ? { ...seat, stackAfter: 102 } : seat));
    expect(potsOf({ ...foldedRound, seats, rake: 3 })).toEqual([
      { amount: 10, rake: 3, winners: [{ seat: 1, amount: 7 }] },
    ]);
  });

  it('are not told of a hand that was cut off, or without stacks', () => {
    expect([potsOf(cutOff), potsOf(handOf({ stacks: [9, 9] }, ['preflop: 0 sb 5, 1 bb 9, 0 fold']))]).toEqual(
      [null, null],
    );
  });

  it('of the table add up to what each seat won, with cards and without', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        for (const hand of hands.flatMap((each) => [each, hidden(each)])) {
          const won = new Map(hand.seats.map(({ seat }) => [seat, 0]));
          for (const { amount, winners } of potsOf(hand) ?? []) {
            expect(winners.reduce((sum, share) => sum + share.amount, 0)).toBe(amount);
            for (const share of winners) won.set(share.seat, (won.get(share.seat) ?? 0) + share.amount);
          }
          expect(won).toEqual(chipsOf(hand).won);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the stacks after a hand by the rules', () => {
  it('are those of the cards', () => {
    expect(stacksByRules(coveredCall)).toEqual(
      new Map([
        [0, 2000],
        [1, 0],
      ]),
    );
    expect(stacksByRules(threePots)).toEqual(
      new Map([
        [0, 40],
        [1, 60],
        [2, 60],
        [3, 40],
      ]),
    );
  });

  it('are not known without the cards of all that are in', () => {
    expect(stacksByRules(hidden(coveredCall))).toBeNull();
    expect(stacksByRules(hidden(foldedRound))).toEqual(
      new Map([
        [0, 95],
        [1, 105],
        [2, 100],
      ]),
    );
  });
});
