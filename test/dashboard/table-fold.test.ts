import { describe, expect, it } from 'vitest';
import { createTableFold } from '../../src/dashboard/table-fold.js';

const handOne = {
  hand_number: 1,
  dealer_seat: 0,
  your_hole_cards: ['Ah', 'Kd'],
  pot: 15,
  stacks: [500, 500],
  post_blind_stacks: [495, 490],
};
const post = (seat: number, size: string, amount: number) => ({
  seat,
  action: `post_${size}_blind`,
  amount,
  phase: 'preflop',
  is_timeout: false,
});

function seated() {
  const table = createTableFold();
  table.seat(['me', 'calling-station'], 0);
  return table;
}

describe('the table', () => {
  it('is nothing to show before a hand', () => {
    expect(seated().view()).toBeNull();
  });

  it('shows our cards and what everybody has in front after the posts', () => {
    const table = seated();
    table.hand(handOne, 0);
    expect(table.view()).toEqual({
      hand: 1,
      phase: 'preflop',
      board: [],
      pot: 15,
      toCall: null,
      actions: [],
      seats: [
        {
          seat: 0,
          name: 'me',
          isSelf: true,
          stack: 495,
          bet: 5,
          cards: ['Ah', 'Kd'],
          folded: false,
          isDealer: true,
          isActing: false,
          last: null,
          won: null,
          rank: null,
        },
        {
          seat: 1,
          name: 'calling-station',
          isSelf: false,
          stack: 490,
          bet: 10,
          cards: [],
          folded: false,
          isDealer: false,
          isActing: false,
          last: null,
          won: null,
          rank: null,
        },
      ],
    });
  });

  it('is rebuilt from a turn, so that what was missed while away is in it', () => {
    const table = seated();
    table.turn(0, {
      hand_number: 7,
      phase: 'flop',
      board: ['2c', '7h', 'Td'],
      your_hole_cards: ['Ah', 'Kd'],
      pot: 60,
      your_stack: 480,
      opponent_stacks: [460],
      to_call: 20,
      action_history: [
        post(0, 'small', 10),
        post(1, 'big', 20),
        { seat: 0, action: 'call', amount: 10, phase: 'preflop', is_timeout: false },
        { seat: 1, action: 'raise', amount: 20, phase: 'flop', is_timeout: true },
      ],
    });
    const view = table.view();
    expect(view).toMatchObject({ hand: 7, phase: 'flop', board: ['2c', '7h', 'Td'], pot: 60, toCall: 20 });
    expect(view?.actions).toEqual([
      { seat: 0, phase: 'preflop', text: 'small blind 10', isTimeout: false },
      { seat: 1, phase: 'preflop', text: 'big blind 20', isTimeout: false },
      { seat: 0, phase: 'preflop', text: 'call 10', isTimeout: false },
      { seat: 1, phase: 'flop', text: 'raise to 20', isTimeout: true },
    ]);
    expect(view?.seats.map(({ stack, bet, isActing, last }) => ({ stack, bet, isActing, last }))).toEqual([
      { stack: 480, bet: 0, isActing: true, last: 'call 10' },
      { stack: 460, bet: 20, isActing: false, last: 'raise to 20' },
    ]);
  });

  it('follows actions and streets, and clears the bets of a street that is over', () => {
    const table = seated();
    table.hand(handOne, 0);
    table.acted(0, { action: 'raise', amount: 30, pot: 40, stacks: [470, 490], is_timeout: false });
    expect(table.view()?.seats.map(({ bet }) => bet)).toEqual([30, 10]);
    table.acted(1, { action: 'call', amount: 20, pot: 60, stacks: [470, 470], is_timeout: false });
    expect(table.view()?.seats.map(({ bet }) => bet)).toEqual([30, 30]);
    table.street({ phase: 'flop', board: ['2c', '7h', 'Td'] });
    expect(table.view()).toMatchObject({ phase: 'flop', board: ['2c', '7h', 'Td'], pot: 60 });
    expect(table.view()?.seats.map(({ bet }) => bet)).toEqual([0, 0]);
    table.acted(1, { action: 'fold', amount: 0, pot: 60, stacks: [470, 470], is_timeout: false });
    expect(table.view()?.seats[1]).toMatchObject({ folded: true, last: 'fold' });
  });

  it('deals no cards to a seat that has no chips left', () => {
    const table = createTableFold();
    table.seat(['me', 'gone', 'all in on its blind'], 0);
    table.hand({ ...handOne, stacks: [500, 0, 10], post_blind_stacks: [495, 0, 0] }, 0);
    expect(table.view()?.seats.map(({ stack, bet, folded }) => ({ stack, bet, folded }))).toEqual([
      { stack: 495, bet: 5, folded: false },
      { stack: 0, bet: 0, folded: true },
      { stack: 0, bet: 10, folded: false },
    ]);
  });

  it('turns up what is shown at the end, and begins anew with the next hand', () => {
    const table = seated();
    table.hand(handOne, 0);
    table.result({
      winner_seats: [0],
      pot: 60,
      stacks: [530, 470],
      payouts: [{ seat: 0, amount: 60 }],
      showdown: [{ seat: 1, hole_cards: ['Qs', 'Qc'], hand_rank: 'Pair', best_hand: [] }],
    });
    expect(table.view()).toMatchObject({ phase: 'showdown', pot: 60 });
    expect(table.view()?.seats.map(({ cards, won, rank, stack }) => ({ cards, won, rank, stack }))).toEqual([
      { cards: ['Ah', 'Kd'], won: 60, rank: null, stack: 530 },
      { cards: ['Qs', 'Qc'], won: null, rank: 'Pair', stack: 470 },
    ]);
    table.hand({ ...handOne, hand_number: 2, your_hole_cards: ['2c', '2d'] }, 0);
    expect(table.view()?.seats.map(({ cards, won, rank }) => ({ cards, won, rank }))).toEqual([
      { cards: ['2c', '2d'], won: null, rank: null },
      { cards: [], won: null, rank: null },
    ]);
  });

  it('takes no harm from what a server may write instead', () => {
    const table = seated();
    table.hand({ hand_number: 'x', stacks: 'many', your_hole_cards: [1, '<b>', 'Zz', 'As'] }, 0);
    table.turn(99, {
      action_history: [null, { seat: 1e9, action: 'call' }, { seat: 0, action: 'a\u0007b' }],
    });
    table.acted(-1, {});
    table.result({ showdown: {}, payouts: [{ seat: 0.5 }] });
    expect(table.view()?.seats.map(({ cards, last }) => ({ cards, last }))).toEqual([
      { cards: ['As'], last: 'ab' },
      { cards: [], last: null },
    ]);
  });
});
