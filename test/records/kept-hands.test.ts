import { describe, expect, it } from 'vitest';
import { parseCards } from '../../src/holdem/card.js';
import { createKeptHands } from '../../src/records/kept-hands.js';
import type { PlayedHand } from '../../src/records/played-match.js';

const act = (
  seat: number,
  action: PlayedHand['history'][number]['action'],
  amount: number,
  street: PlayedHand['history'][number]['street'],
  isTimeout = false,
) => ({ seat, action, amount, street, isTimeout });

const hand: PlayedHand = {
  hand: 7,
  bigBlind: 100,
  stacks: [9_800, 10_200, 0],
  holeCards: [parseCards('Ah Kd'), parseCards('7c 7d'), []],
  board: parseCards('2c 3d 9h Ts Jc'),
  history: [
    act(0, 'post_small_blind', 50, 'preflop'),
    act(1, 'post_big_blind', 100, 'preflop'),
    act(1, 'post_ante', 10, 'preflop'),
    act(0, 'raise', 300, 'preflop'),
    act(1, 'call', 200, 'preflop'),
    act(1, 'check', 0, 'flop', true),
    act(0, 'check', 0, 'flop'),
    act(1, 'raise', 5_000_000_000, 'turn'),
    act(0, 'call', 400, 'turn'),
    act(1, 'fold', 0, 'river', true),
  ],
  winners: [0],
  shown: [
    { seat: 1, holeCards: parseCards('7c 7d'), rank: 'Pair', best: parseCards('7c 7d Jc Ts 9h') },
    { seat: 0, holeCards: parseCards('Ah Kd'), rank: 'High Card', best: parseCards('Ah Kd Jc Ts 9h') },
  ],
  stacksAfter: [10_500, 9_500, 0],
};

describe('kept hands', () => {
  it('come back as they were played, each time anew, the oldest first', () => {
    const kept = createKeptHands();
    const bare: PlayedHand = { ...hand, hand: 8, board: [], history: [], winners: [], shown: [] };
    kept.add(hand);
    kept.add(bare);
    expect(kept.all()).toEqual([hand, bare]);
    expect(kept.all()[0]).not.toBe(kept.all()[0]);
    expect(kept.count).toBe(2);
    kept.clear();
    expect([kept.count, kept.all()]).toEqual([0, []]);
  });
});
