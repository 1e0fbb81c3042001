import { describe, expect, it } from 'vitest';
import { netChipsOfHand } from '../../src/machines/hand-net.js';

const act = (seat: number, action: string, amount: number, phase = 'preflop') => ({
  seat,
  action,
  amount,
  phase,
});

/** Antes of 5, blinds of 50 and 100; seat 2 folds to a flop bet of 600 that nobody calls. */
const hand = {
  action_history: [
    act(0, 'post_small_blind', 50),
    act(1, 'post_big_blind', 100),
    act(0, 'post_ante', 5),
    act(1, 'post_ante', 5),
    act(2, 'post_ante', 5),
    act(2, 'call', 100),
    act(0, 'raise', 300),
    act(1, 'fold', 0),
    act(2, 'call', 200),
    act(0, 'raise', 600, 'flop'),
    act(2, 'fold', 0, 'flop'),
  ],
  payouts: [{ seat: 0, amount: 1315 }],
};

describe('the chips of one hand', () => {
  it('are what is paid out less what was put in', () => {
    expect([0, 1, 2, 3].map((seat) => netChipsOfHand(hand, seat))).toEqual([410, -105, -305, 0]);
  });

  it('are not told where the seat is not known, or the frame does not tell them', () => {
    expect(netChipsOfHand(hand, null)).toBe(null);
    for (const other of [
      {},
      { ...hand, payouts: undefined },
      { ...hand, payouts: [{ seat: 0, amount: 715 }] },
      { ...hand, payouts: [{ seat: 0 }] },
      { ...hand, payouts: [null] },
      { ...hand, action_history: [] },
      { ...hand, action_history: [null] },
      { ...hand, action_history: [{ seat: 0, amount: -1 }] },
    ])
      expect(netChipsOfHand(other, 0)).toBe(null);
  });
});
