import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stake, settle } from '../../src/sandbox/table-pots.js';
import { naiveSplit } from './table-oracle.js';

const stake = (seat: number, committed: number, strength: number | 'folded'): Stake =>
  strength === 'folded'
    ? { seat, committed, folded: true, strength: 0 }
    : { seat, committed, folded: false, strength };

describe('settle', () => {
  it('returns the uncalled part of a bet that made everybody fold', () => {
    expect(settle([stake(0, 10, 'folded'), stake(1, 60, 0)])).toEqual({
      pot: 20,
      returned: { seat: 1, amount: 50 },
      payouts: [{ seat: 1, amount: 20 }],
    });
  });

  it('makes a side pot for each all-in: the shortest stack wins only what it matched', () => {
    expect(settle([stake(0, 20, 9), stake(1, 50, 5), stake(2, 100, 1)])).toEqual({
      pot: 120,
      returned: { seat: 2, amount: 50 },
      payouts: [
        { seat: 0, amount: 60 },
        { seat: 1, amount: 60 },
      ],
    });
  });

  it('leaves what folded seats put in to those who contend for that depth', () => {
    expect(settle([stake(0, 20, 9), stake(1, 80, 'folded'), stake(2, 80, 3), stake(3, 80, 2)])).toEqual({
      pot: 260,
      returned: null,
      payouts: [
        { seat: 0, amount: 80 },
        { seat: 2, amount: 180 },
      ],
    });
  });

  it('splits equally and gives odd chips to the earliest seats, one each', () => {
    expect(
      settle([stake(0, 3, 'folded'), stake(1, 5, 7), stake(3, 5, 7), stake(4, 5, 7), stake(5, 2, 'folded')]),
    )
      // 20 chips in three shares: 7, 7, 6.
      .toEqual({
        pot: 20,
        returned: null,
        payouts: [
          { seat: 1, amount: 7 },
          { seat: 3, amount: 7 },
          { seat: 4, amount: 6 },
        ],
      });
  });

  it('splits each side pot for itself', () => {
    expect(settle([stake(0, 5, 7), stake(1, 8, 7), stake(2, 8, 7), stake(3, 1, 'folded')])).toEqual({
      pot: 22,
      returned: null,
      // 16 in three shares: 6, 5, 5; then 6 in two.
      payouts: [
        { seat: 0, amount: 6 },
        { seat: 1, amount: 8 },
        { seat: 2, amount: 8 },
      ],
    });
  });

  it('agrees with taking and dealing chip by chip', () => {
    const stakes = fc
      .array(
        fc.record({
          committed: fc.nat({ max: 40 }),
          folded: fc.boolean(),
          strength: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 2, maxLength: 6 },
      )
      .map((list) => list.map((one, seat) => ({ ...one, seat })))
      .filter((list) => list.some((one) => !one.folded && one.committed > 0));
    fc.assert(
      fc.property(stakes, (list) => {
        const settlement = settle(list);
        const naive = naiveSplit(list.map((one) => ({ ...one, score: [one.strength] })));
        expect({
          returned: list.map(({ seat }) =>
            settlement.returned?.seat === seat ? settlement.returned.amount : 0,
          ),
          won: list.map(({ seat }) => settlement.payouts.find((payout) => payout.seat === seat)?.amount ?? 0),
        }).toEqual(naive);
      }),
      { numRuns: 2000 },
    );
  });
});
