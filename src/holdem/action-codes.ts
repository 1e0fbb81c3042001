/** What is done in a hand, and its streets, as small numbers. */
import type { HandAction, Street } from './facts.js';

/** By code; posts have the codes below that of `fold`. */
export const actionNames: readonly HandAction['action'][] = [
  'post_small_blind',
  'post_big_blind',
  'post_ante',
  'fold',
  'check',
  'call',
  'raise',
];

export const actionCodes = {
  postSmallBlind: 0,
  postBigBlind: 1,
  postAnte: 2,
  fold: 3,
  check: 4,
  call: 5,
  raise: 6,
} as const;

/** By code. */
export const streetNames: readonly Street[] = ['preflop', 'flop', 'turn', 'river'];

/** By street: the cards on the board. */
export const boardSizes: readonly number[] = [0, 3, 4, 5];
