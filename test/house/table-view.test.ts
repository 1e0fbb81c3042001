import { describe, expect, it } from 'vitest';
import { viewTable } from '../../src/house/table-view.js';
import { stateAt } from './house-table.js';

const posts = (small: number, big: number) => [`${small} post_small_blind 5`, `${big} post_big_blind 10`];

describe('the view of a table', () => {
  it('heads-up before the flop: bets, who comes later, and what is at stake', () => {
    const state = stateAt({
      hole: 'Ah Ad',
      yourSeat: 1,
      dealerSeat: 0,
      stacks: [970, 490],
      toCall: 20,
      history: [...posts(0, 1), '0 raise 30'],
    });
    expect(viewTable(state)).toEqual({
      bigBlind: 10,
      opponents: [{ seat: 0, stack: 970, bet: 30, raisesPreflop: 1, entered: true, bets: 0, hasActed: true }],
      later: 1,
      bet: 10,
      raises: 1,
      lastRaiser: 0,
      hasInitiative: false,
      callers: 0,
      effectiveStack: 500,
    });
  });

  it('leaves out who has folded and who has left the match, and keeps who is all-in', () => {
    const state = stateAt({
      hole: 'Ah Ad',
      board: 'Kc 7d 2s',
      yourSeat: 3,
      dealerSeat: 2,
      // Seat 0 left earlier, seat 4 is all-in, seat 5 has folded.
      stacks: [0, 940, 940, 940, 0, 990],
      toCall: 40,
      history: [
        ...posts(3, 4),
        '5 fold',
        '1 raise 60',
        '2 call 60',
        '3 call 55',
        '4 call 40',
        'flop 3 check',
        'flop 1 raise 40',
        'flop 2 call 40',
      ],
    });
    const view = viewTable(state);
    expect(view.opponents).toEqual([
      { seat: 1, stack: 940, bet: 40, raisesPreflop: 1, entered: true, bets: 1, hasActed: true },
      { seat: 2, stack: 940, bet: 40, raisesPreflop: 0, entered: true, bets: 0, hasActed: true },
      { seat: 4, stack: 0, bet: 0, raisesPreflop: 0, entered: true, bets: 0, hasActed: false },
    ]);
    expect(view).toMatchObject({
      later: 3,
      bet: 0,
      raises: 1,
      lastRaiser: 1,
      callers: 1,
      effectiveStack: 940,
    });
  });

  it.each([
    ['on the button', 3, 0],
    ['left of the button', 4, 4],
    ['right of the button', 2, 1],
  ])('knows how many act after a seat %s', (_, yourSeat, later) => {
    const stacks = [1_000, 1_000, 1_000, 1_000, 1_000];
    const state = stateAt({ hole: 'Ah Ad', yourSeat, dealerSeat: 3, stacks, history: posts(4, 0) });
    expect(viewTable(state).later).toBe(later);
  });

  it('counts seats that have left for nobody to act later', () => {
    const spot = { hole: 'Ah Ad', yourSeat: 3, dealerSeat: 1, history: posts(3, 1) };
    expect(viewTable(stateAt({ ...spot, stacks: [0, 990, 0, 995, 0, 0] })).later).toBe(1);
  });

  it('does not take an ante for a bet', () => {
    const history = ['0 post_ante 2', '1 post_ante 2', ...posts(0, 1)];
    const view = viewTable(stateAt({ hole: 'Ah Ad', history }));
    expect([view.bigBlind, view.bet, view.opponents[0]?.bet]).toEqual([10, 5, 10]);
  });

  it('gives the initiative to who raised last before the flop', () => {
    const spot = { hole: 'Ah Ad', board: 'Kc 7d 2s', yourSeat: 0 };
    const opened = [...posts(0, 1), '0 raise 25'];
    const initiative = [
      [...opened, '1 call 15', 'flop 1 check'],
      [...opened, '1 raise 80', '0 call 55'],
      [...posts(0, 1), '0 call 5', '1 check'],
    ].map((history) => viewTable(stateAt({ ...spot, history })).hasInitiative);
    expect(initiative).toEqual([true, false, false]);
  });
});
