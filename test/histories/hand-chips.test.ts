import { describe, expect, it } from 'vitest';
import { chipsOf } from '../../src/histories/hand-chips.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { problemsOf } from '../../src/histories/problems.js';
import { handOf } from './hands.js';

const put = (hand: HandHistory) => Object.fromEntries(chipsOf(hand).put);
const won = (hand: HandHistory) => Object.fromEntries(chipsOf(hand).won ?? []);

describe('the chips of a hand', () => {
  it('of a raise are what is missing to its total, of a call what it says', () => {
    const hand = handOf({ stacks: [1500, 500], after: [2000, 0] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
      'flop: 1 check, 0 raise 60, 1 call 60',
      'turn: 1 check, 0 raise 1410, 1 call 410',
    ]);
    const { moves, uncalled, pot } = chipsOf(hand);
    expect(moves.map(({ added, streetTotal, handTotal }) => [added, streetTotal, handTotal])).toEqual([
      [5, 5, 5],
      [10, 10, 10],
      [25, 30, 30],
      [20, 30, 30],
      [0, 0, 30],
      [60, 60, 90],
      [60, 60, 90],
      [0, 0, 90],
      [1410, 1410, 1500],
      [410, 410, 500],
    ]);
    expect(moves.map(({ isAllIn }) => isAllIn)).toEqual([...Array(8).fill(false), true, true]);
    expect([uncalled, pot, won(hand)]).toEqual([{ seat: 0, amount: 1000 }, 1000, { 0: 1000, 1: 0 }]);
    expect(problemsOf(hand)).toEqual([]);
  });

  it('of a walk are the small blind twice: the rest of the big blind was not called', () => {
    const hand = handOf({ stacks: [100, 100], after: [95, 105] }, ['preflop: 0 sb 5, 1 bb 10, 0 fold']);
    expect([chipsOf(hand).uncalled, chipsOf(hand).pot, won(hand)]).toEqual([
      { seat: 1, amount: 5 },
      10,
      { 0: 0, 1: 10 },
    ]);
  });

  it('of a small blind that is all-in with 3 leave 7 uncalled', () => {
    const hand = handOf({ stacks: [3, 100], after: [6, 97] }, ['preflop: 0 sb 3, 1 bb 10']);
    expect([chipsOf(hand).uncalled, chipsOf(hand).pot, put(hand)]).toEqual([
      { seat: 1, amount: 7 },
      6,
      { 0: 3, 1: 10 },
    ]);
  });

  it('of antes are called by everybody', () => {
    const hand = handOf({ stacks: [400, 400, 53], after: [427, 426, 0], dealer: 2 }, [
      'preflop: 0 sb 5, 1 bb 10, 0 ante 1, 1 ante 1, 2 ante 1, 2 raise 52, 0 call 47, 1 call 42',
      'flop: 0 check, 1 raise 25, 0 call 25',
    ]);
    expect([chipsOf(hand).uncalled, chipsOf(hand).pot, won(hand)]).toEqual([
      null,
      209,
      { 0: 105, 1: 104, 2: 0 },
    ]);
    expect(problemsOf(hand)).toEqual([]);
  });
});

describe('antes', () => {
  const level = { smallBlind: 5, bigBlind: 10, ante: 10 };
  const uncalled = (hand: HandHistory) => chipsOf(hand).uncalled;

  it('of everybody are matched, also where the big blind has none left for its own and takes a folded pot', () => {
    const hand = handOf({ stacks: [57, 8], after: [50, 15], level: { ...level, ante: 2 } }, [
      'preflop: 0 sb 5, 1 bb 8, 0 ante 2, 0 fold',
    ]);
    expect([chipsOf(hand).areAntesDead, uncalled(hand), problemsOf(hand)]).toEqual([
      false,
      { seat: 1, amount: 1 },
      [],
    ]);
  });

  it('that only the big blind posts are for whoever wins, and nothing to match', () => {
    const hand = handOf({ stacks: [100, 100, 100], after: [95, 105, 100], dealer: 2, level }, [
      'preflop: 0 sb 5, 1 bb 10, 1 ante 10, 2 fold, 0 fold',
    ]);
    expect([Object.fromEntries(chipsOf(hand).dead), uncalled(hand), won(hand), problemsOf(hand)]).toEqual([
      { 1: 10 },
      { seat: 1, amount: 5 },
      { 0: 0, 1: 20, 2: 0 },
      [],
    ]);
  });

  it('that everybody posts are a part of the stake', () => {
    const hand = handOf(
      { stacks: [12, 100, 4], after: [12, 92, 12], dealer: 2, level: { ...level, ante: 4 } },
      ['preflop: 0 sb 5, 1 bb 10, 0 ante 4, 1 ante 4, 2 ante 4, 0 call 3'],
    );
    expect([chipsOf(hand).dead.size, uncalled(hand)]).toEqual([0, { seat: 1, amount: 2 }]);
  });

  it.each([
    ['the pot, of which a seat that is all-in for less wins the whole', [16, 87], { seat: 1, amount: 7 }],
    ['the stake, of which it wins what it matched', [6, 97], { seat: 1, amount: 17 }],
    ['the stake, where it wins nothing', [0, 103], { seat: 1, amount: 17 }],
  ])('of the big blind alone, heads-up, are those of %s', (_, after, back) => {
    const hand = handOf({ stacks: [3, 100], after, level }, ['preflop: 0 sb 3, 1 bb 10, 1 ante 10']);
    expect([uncalled(hand), problemsOf(hand)]).toEqual([back, []]);
  });

  it.each([
    ['loses', [4, 12]],
    ['wins', [16, 0]],
    ['shares', [10, 6]],
  ])(
    'of everybody, who has nothing left for one and more in than the other %s what was matched',
    (_, after) => {
      const all = { bigBlind: 10, smallBlind: 5, ante: 1 };
      const hand = handOf({ stacks: [10, 6], after, dealer: 1, level: all }, [
        'preflop: 1 sb 5, 0 bb 10, 1 ante 1',
      ]);
      expect([uncalled(hand), problemsOf(hand)]).toEqual([{ seat: 0, amount: 4 }, []]);
    },
  );
});

describe('a raise', () => {
  it('faces the whole big blind, also where it was posted short', () => {
    const hand = handOf({ stacks: [100, 100, 7], dealer: 0 }, [
      'preflop: 1 sb 5, 2 bb 7, 0 raise 30, 1 fold',
    ]);
    expect(chipsOf(hand).moves.map(({ facing }) => facing)).toEqual([0, 5, 10, 30]);
  });
});

describe('the problems of a hand', () => {
  const sound = { stacks: [100, 100], after: [95, 105] };
  const walk = ['preflop: 0 sb 5, 1 bb 10, 0 fold'];

  it.each([
    [
      'chips that come from nowhere',
      { ...sound, after: [95, 106] },
      walk,
      /The pot has 10 chips, and 11 were won/,
    ],
    ['a seat that folded and won', { ...sound, after: [105, 95] }, walk, /Seat 0 folded and won 10/],
    [
      'a raise below what was put in',
      sound,
      ['preflop: 0 sb 5, 1 bb 10, 0 raise 3'],
      /Seat 0 cannot raise 3/,
    ],
    [
      'more than the stack',
      sound,
      ['preflop: 0 sb 5, 1 bb 10, 0 raise 200'],
      /Seat 0 put in 200 and has 100/,
    ],
    ['an action after a fold', sound, ['preflop: 0 fold, 0 call 5'], /acts after it has folded/],
    ['streets out of order', sound, ['flop: 0 check', 'preflop: 1 check'], /preflop stands after the flop/],
    ['a card that was dealt twice', { ...sound, board: 'KcKc2d' }, walk, /Kc was dealt twice/],
    ['what is no card', { ...sound, board: 'Kc1c2d' }, walk, /1c is no card/],
    ['a board of two', { ...sound, board: 'Kc2c' }, walk, /A board has no 2 cards/],
  ])('name %s', (_, table, lines, problem) => {
    expect(problemsOf(handOf(table, lines)).join(' ')).toMatch(problem);
  });

  it('are none of a hand that was cut off', () => {
    expect(problemsOf({ ...handOf({ stacks: [100, 100] }, walk), isFinished: false })).toEqual([]);
  });
});
