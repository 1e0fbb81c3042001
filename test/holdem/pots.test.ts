import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stake, settle } from '../../src/holdem/pots.js';
import { naiveSplit } from './table-oracle.js';

const stake = (seat: number, committed: number, strength: number | 'folded'): Stake =>
  strength === 'folded'
    ? { seat, committed, folded: true, strength: 0 }
    : { seat, committed, folded: false, strength };

describe('settle', () => {
  it('pays back with the pot what nobody called', () => {
    expect(settle([stake(0, 10, 'folded'), stake(1, 60, 0)])).toEqual({
      pots: [{ amount: 20, eligible: [1], winners: [{ seat: 1, amount: 20 }] }],
      uncalled: { seat: 1, amount: 50 },
      winners: [1],
      pot: 70,
      payouts: [{ seat: 1, amount: 70 }],
    });
  });

  it('makes a side pot for each all-in, and no winner of a seat that only gets its own chips back', () => {
    expect(settle([stake(0, 20, 9), stake(1, 50, 5), stake(2, 100, 1)])).toEqual({
      pots: [
        { amount: 60, eligible: [0, 1, 2], winners: [{ seat: 0, amount: 60 }] },
        { amount: 60, eligible: [1, 2], winners: [{ seat: 1, amount: 60 }] },
      ],
      uncalled: { seat: 2, amount: 50 },
      winners: [0, 1],
      pot: 170,
      payouts: [
        { seat: 0, amount: 60 },
        { seat: 1, amount: 60 },
        { seat: 2, amount: 50 },
      ],
    });
  });

  it('counts chips beyond 32 bits', () => {
    const much = 3_000_000_000;
    expect(settle([stake(0, much, 5), stake(1, much, 5), stake(2, 2 * much + 1, 1)], { dead: 1 })).toEqual({
      pots: [
        {
          amount: 3 * much + 1,
          eligible: [0, 1, 2],
          winners: [
            { seat: 0, amount: 1.5 * much + 1 },
            { seat: 1, amount: 1.5 * much },
          ],
        },
      ],
      uncalled: { seat: 2, amount: much + 1 },
      winners: [0, 1],
      pot: 4 * much + 2,
      payouts: [
        { seat: 0, amount: 1.5 * much + 1 },
        { seat: 1, amount: 1.5 * much },
        { seat: 2, amount: much + 1 },
      ],
    });
  });

  it('makes a winner of a seat that wins a side pot because the others folded', () => {
    expect(settle([stake(0, 20, 9), stake(1, 50, 'folded'), stake(2, 100, 1)])).toMatchObject({
      uncalled: { seat: 2, amount: 50 },
      winners: [0, 2],
      pot: 170,
      payouts: [
        { seat: 0, amount: 60 },
        { seat: 2, amount: 110 },
      ],
    });
  });

  it('leaves what folded seats put in to those who contend for that depth', () => {
    expect(settle([stake(0, 20, 9), stake(1, 80, 'folded'), stake(2, 80, 3), stake(3, 80, 2)])).toMatchObject(
      {
        uncalled: null,
        winners: [0, 2],
        pot: 260,
        payouts: [
          { seat: 0, amount: 80 },
          { seat: 2, amount: 180 },
        ],
      },
    );
  });

  it('adds what a folded seat put in beyond everybody else to the last pot', () => {
    // A small blind of 5 with an ante of 3 folded to two short all-ins.
    expect(settle([stake(0, 8, 'folded'), stake(1, 7, 2), stake(2, 7, 1)])).toEqual({
      pots: [{ amount: 22, eligible: [1, 2], winners: [{ seat: 1, amount: 22 }] }],
      uncalled: null,
      winners: [1],
      pot: 22,
      payouts: [{ seat: 1, amount: 22 }],
    });
  });

  it('splits equally and gives odd chips to the earliest seats, one each', () => {
    expect(
      settle([stake(0, 3, 'folded'), stake(1, 5, 7), stake(3, 5, 7), stake(4, 5, 7), stake(5, 2, 'folded')]),
    )
      // 20 chips in three shares: 7, 7, 6.
      .toMatchObject({
        winners: [1, 3, 4],
        pot: 20,
        payouts: [
          { seat: 1, amount: 7 },
          { seat: 3, amount: 7 },
          { seat: 4, amount: 6 },
        ],
      });
  });

  it('splits each side pot for itself', () => {
    expect(settle([stake(0, 5, 7), stake(1, 8, 7), stake(2, 8, 7), stake(3, 1, 'folded')])).toMatchObject({
      winners: [0, 1, 2],
      pot: 22,
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
        const { returned, won, pots } = naiveSplit(list.map((one) => ({ ...one, score: [one.strength] })));
        const back = returned.findIndex((chips) => chips > 0);
        expect(settle(list)).toEqual({
          pots,
          uncalled: back === -1 ? null : { seat: back, amount: returned[back] },
          winners: list.flatMap(({ seat }) => (won[seat]! > 0 ? [seat] : [])),
          pot: list.reduce((pot, { committed }) => pot + committed, 0),
          payouts: list.flatMap(({ seat }) => {
            const amount = won[seat]! + returned[seat]!;
            return amount > 0 ? [{ seat, amount }] : [];
          }),
        });
      }),
      { numRuns: 2000 },
    );
  });
});
