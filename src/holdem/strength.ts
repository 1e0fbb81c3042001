/** How strong a hand is, of the numbers of its cards. */
import { evaluate } from '@pokertools/evaluator';
import { evaluatorCodes } from './card-numbers.js';
import { byteAt } from './chip-lists.js';

const seven = [0, 0, 0, 0, 0, 0, 0];

/**
 * Of two cards with a board of five. Cards that come twice are not noticed.
 *
 * @returns as `rankHand`: higher wins, equal splits, from 1 to 7462.
 */
export function strengthOf(first: number, second: number, board: Uint8Array): number {
  seven[0] = byteAt(evaluatorCodes, first);
  seven[1] = byteAt(evaluatorCodes, second);
  for (let at = 0; at < 5; at += 1) seven[at + 2] = byteAt(evaluatorCodes, byteAt(board, at));
  // The evaluator counts down from 7462, the weakest hand, to 1.
  return 7463 - evaluate(seven);
}
