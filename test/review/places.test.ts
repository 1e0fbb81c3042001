import { describe, expect, it } from 'vitest';
import { decisionsOf } from '../../src/histories/decisions.js';
import { chipsOf } from '../../src/histories/hand-chips.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { createEquityTable } from '../../src/review/equity-table.js';
import { handPlaceOf } from '../../src/review/places.js';
import { foldedRound, shortBlind, splitBoard, takenOnFlop } from '../histories/example-hands.js';
import { handOf, type TestTable } from '../histories/hands.js';

function place(hand: HandHistory, at = 0) {
  const seat = hand.seats.find((one) => one.seat === at);
  if (seat === undefined) throw new Error(`There is no seat ${at}.`);
  return handPlaceOf({ hand, seat, chips: chipsOf(hand), decisions: decisionsOf(hand) }, createEquityTable());
}

const headsUp = (table: Omit<TestTable, 'stacks'>, ...lines: string[]) =>
  handOf({ stacks: [1000, 1000], ...table }, ['preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20', ...lines]);
const checked = ['flop: 1 check, 0 check', 'turn: 1 check, 0 check'];

describe('a hand that was folded', () => {
  const cards = ['AhKd', 'QsQc'];

  it('was best with an even share of the pot or more against the hand still in', () => {
    // A pair of kings over queens: the 990 boards one by one.
    const hand = headsUp({ cards, board: 'Kc7d2s' }, 'flop: 1 raise 60, 0 fold');
    expect(place(hand)).toEqual({ place: 'foldedBest', equity: expect.closeTo(903 / 990, 9) });
  });

  it('was behind with less', () => {
    // Three queens: two diamonds but the deuce are 36 boards, a jack and a ten of other suits 15.
    const hand = headsUp({ cards, board: 'Qd7d2s' }, 'flop: 1 raise 60, 0 fold');
    expect(place(hand)).toEqual({ place: 'foldedBehind', equity: expect.closeTo(51 / 990, 9) });
  });

  it('is judged with the board as it was then, and against nobody who had folded before', () => {
    const table = { stacks: [500, 500, 500], dealer: 2, board: 'Kc7d2s9h3c', cards: ['AhKd', '', '9d9s'] };
    const hand = handOf(table, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 30, 0 call 25, 1 fold',
      'flop: 0 check, 2 raise 60, 0 fold',
    ]);
    expect(place(hand).place).toBe('foldedBest');
  });

  it('of three is best from a third of the pot on', () => {
    const table = { stacks: [500, 500, 500], dealer: 2, cards: ['AhKd', 'QsQc', 'JsTs'] };
    const hand = handOf(table, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 30, 0 fold, 1 call 20',
      'flop: 1 check, 2 check',
    ]);
    const { place: where, equity } = place(hand);
    expect(where).toBe('foldedBest');
    expect(equity).toBeGreaterThan(1 / 3);
    expect(equity).toBeLessThan(0.5);
  });

  it('is not judged where a hand still in is not known', () => {
    expect(place(takenOnFlop)).toEqual({ place: 'foldedUnknown', equity: null });
    // A seat that folds later was still in.
    const hand = handOf({ stacks: [500, 500, 500], dealer: 2, cards: ['AhKd', '', 'JsTs'] }, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 30, 0 fold, 1 fold',
    ]);
    expect(place(hand)).toEqual({ place: 'foldedUnknown', equity: null });
  });
});

it('a hand that all others folded is won without a show-down, a walk too', () => {
  expect(place(foldedRound, 1).place).toBe('wonUncontested');
  expect(place(headsUp({ board: 'Kc7d2s' }, 'flop: 1 check, 0 raise 60, 1 fold')).place).toBe(
    'wonUncontested',
  );
});

describe('an all-in before the river', () => {
  it('is one whoever covers whom, and of blinds alone', () => {
    expect([place(splitBoard).place, place(splitBoard, 1).place]).toEqual(['allInEarly', 'allInEarly']);
    expect([place(shortBlind).place, place(shortBlind, 1).place]).toEqual(['allInEarly', 'allInEarly']);
  });

  it('is one for the seat that was all-in where others bet on', () => {
    const hand = handOf(
      {
        stacks: [50, 500, 500],
        after: [150, 450, 450],
        dealer: 2,
        board: 'Kc7d2s9h3c',
        cards: ['AhKd', '2c3d', '4c5d'],
      },
      [
        'preflop: 0 sb 5, 1 bb 10, 2 raise 50, 0 call 45, 1 call 40',
        'flop: 1 check, 2 check',
        'turn: 1 check, 2 check',
        'river: 1 check, 2 check',
      ],
    );
    expect([0, 1, 2].map((seat) => place(hand, seat).place)).toEqual([
      'allInEarly',
      'checkedDown',
      'checkedDown',
    ]);
  });
});

describe('a show-down after the river', () => {
  const board = 'Kc7d2s9h3c';
  const river = (cards: string[], line: string, after = [1000, 1000]) =>
    headsUp({ cards, board, after, shown: [0, 1] }, ...checked, line);

  it('of a bet that was called is a bluff under an equity of 0.4 against any hand', () => {
    const line = 'river: 1 check, 0 raise 60, 1 call 60';
    // Queen high with a jack: four of five hands beat it or do not.
    const bluff = place(river(['QhJd', 'KsTc'], line, [910, 1090]));
    expect(bluff).toEqual({ place: 'bluffCalled', equity: expect.any(Number) });
    expect(bluff.equity).toBeLessThan(0.4);
    // It is one, too, where it wins.
    expect(place(river(['QhJd', 'QdTc'], line, [1090, 910])).place).toBe('bluffCalled');
    const value = place(river(['AhKd', 'KsTc'], line, [1090, 910]));
    expect(value).toEqual({ place: 'raiseCalled', equity: expect.any(Number) });
    expect(value.equity).toBeGreaterThan(0.9);
  });

  it('is the same of a raise, and of a bet of cards that are not known none is a bluff', () => {
    expect(place(river(['QhJd', 'KsTc'], 'river: 1 raise 40, 0 raise 100, 1 call 60')).place).toBe(
      'bluffCalled',
    );
    expect(place(river(['', 'KsTc'], 'river: 1 check, 0 raise 60, 1 call 60'))).toEqual({
      place: 'raiseCalled',
      equity: null,
    });
  });

  it('of a call is paid off where nothing of the pot came back', () => {
    const line = 'river: 1 raise 60, 0 call 60';
    expect(place(river(['QhJd', 'KsTc'], line, [910, 1090])).place).toBe('paidOff');
    expect(place(river(['AhKd', 'KsTc'], line, [1090, 910])).place).toBe('callWon');
    expect(place(river(['KdTh', 'KsTc'], line, [1000, 1000])).place).toBe('callWon');
  });

  it('goes by the last action of the seat: a raise that is raised and called is a call', () => {
    const line = 'river: 1 check, 0 raise 60, 1 raise 200, 0 call 140';
    expect(place(river(['QhJd', 'KsTc'], line, [770, 1230])).place).toBe('paidOff');
  });

  it('that was checked is its own', () => {
    expect(place(river(['QhJd', 'KsTc'], 'river: 1 check, 0 check', [970, 1030])).place).toBe('checkedDown');
  });
});
