/** How good a hand is on the current board. */
import { evaluate } from '@pokertools/evaluator';
import { deck, type Holding } from './holdings.js';

/** The evaluator counts down from 7462, the weakest hand, to 1; the weakest straight is this. */
const weakestStraight = 1609;

/**
 * The share of these holdings that the hand beats; a tie counts half. 1: none of them beats or ties it. Holdings with
 * visible cards are left out.
 *
 * @param board three cards or more.
 */
export function shareBeaten(hole: Holding, board: readonly number[], holdings: readonly Holding[]): number {
  const own = [...hole, ...board];
  const mine = evaluate(own);
  // An array by card, because this loop checks a thousand holdings.
  const seen = new Uint8Array(deck.length);
  for (const card of own) seen[card] = 1;
  const theirs = [0, 0, ...board];
  let beaten = 0;
  let counted = 0;
  for (const [first, second] of holdings) {
    if (seen[first] === 1 || seen[second] === 1) continue;
    theirs[0] = first;
    theirs[1] = second;
    const strength = evaluate(theirs);
    beaten += strength > mine ? 1 : strength === mine ? 0.5 : 0;
    counted += 1;
  }
  return counted === 0 ? 1 : beaten / counted;
}

/**
 * The share of unseen cards that would make a straight or better with the hole cards: 0.19 for a flush draw on the
 * flop. 0 for a hand that has one already, and on the river.
 */
export function drawingShare(hole: Holding, board: readonly number[]): number {
  if (board.length > 4 || evaluate([...hole, ...board]) <= weakestStraight) return 0;
  const seen = new Set([...hole, ...board]);
  const unseen = deck.filter((card) => !seen.has(card));
  const outs = unseen.filter((card) => {
    const made = evaluate([...hole, ...board, card]);
    // A hand on the board itself is everybody's.
    return made <= weakestStraight && (board.length < 4 || made < evaluate([...board, card]));
  });
  return outs.length / unseen.length;
}
