/** Hands whose chips were worked out by hand, for the tests of every format. */
import { handOf } from './hands.js';

/** Heads-up: all-in on the turn, a call for less, 1,000 uncalled. */
export const coveredCall = handOf(
  {
    stacks: [1500, 500],
    after: [2000, 0],
    board: 'Kc7d2s9h3c',
    cards: ['AhKd', 'QsQc'],
    shown: [0, 1],
    hero: 0,
  },
  [
    'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
    'flop: 1 check, 0 raise 60, 1 call 60',
    'turn: 1 check, 0 raise 1410, 1 call 410',
  ],
);

/** Three seats with an ante: a short all-in, a side pot, a main pot of 159 that two share. */
export const sharedMainPot = handOf(
  {
    stacks: [400, 400, 53],
    after: [427, 426, 0],
    dealer: 2,
    level: { smallBlind: 5, bigBlind: 10, ante: 1 },
    board: 'Ts7d2s9h3c',
    cards: ['AhTd', 'AsTc', '8d8h'],
    shown: [0, 1, 2],
    hero: 1,
  },
  [
    'preflop: 0 sb 5, 1 bb 10, 0 ante 1, 1 ante 1, 2 ante 1, 2 raise 52, 0 call 47, 1 call 42',
    'flop: 0 check, 1 raise 25, 0 call 25',
    'turn: 0 check, 1 check',
    'river: 0 check, 1 check',
  ],
);

/** Six seats as one of them saw it: a raise takes it on the flop. */
export const takenOnFlop = handOf(
  {
    stacks: [1000, 1000, 1000, 1000, 1000, 1000],
    after: [930, 1000, 1100, 1000, 995, 975],
    dealer: 3,
    board: '9h6c2s',
    cards: ['9s9d'],
    hero: 0,
  },
  [
    'preflop: 4 sb 5, 5 bb 10, 0 raise 25, 1 fold, 2 call 25, 3 fold, 4 fold, 5 call 15',
    'flop: 5 check, 0 raise 45, 2 raise 130, 5 fold, 0 fold',
  ],
);

/** Ann has 1,000 and goes all-in, Bob calls with 400, and the board splits: 600 uncalled, a pot of 800, nobody wins. */
export const splitBoard = handOf(
  {
    stacks: [1000, 400],
    after: [1000, 400],
    level: { smallBlind: 10, bigBlind: 20, ante: 0 },
    board: 'AcKdQhJsTs',
    cards: ['2c2d', '3h3d'],
    shown: [0, 1],
  },
  ['preflop: 0 sb 10, 1 bb 20, 0 raise 1000, 1 call 380'],
);

/** Everybody folds to the big blind: 5 uncalled, a pot of 10, 5 won. */
export const foldedRound = handOf({ stacks: [100, 100, 100], after: [95, 105, 100], dealer: 2 }, [
  'preflop: 0 sb 5, 1 bb 10, 2 fold, 0 fold',
]);

/** Not a walk: the small blind is all-in with 3, so that 7 are uncalled, and the pot of 6 is shown down. */
export const shortBlind = handOf(
  { stacks: [3, 100], after: [6, 97], board: 'Kc7d2s9h3c', cards: ['AhKd', 'QsQc'], shown: [0, 1] },
  ['preflop: 0 sb 3, 1 bb 10'],
);

/** Killed after the call on the flop. */
export const cutOff = {
  ...handOf({ stacks: [500, 500], board: 'Kc7d2s', cards: ['AhKd', 'QsQc'] }, [
    'preflop: 0 sb 10, 1 bb 20, 0 raise 60, 1 call 40',
    'flop: 1 raise 40, 0 call 40',
  ]),
  level: { smallBlind: 10, bigBlind: 20, ante: 0 },
  isFinished: false,
};
