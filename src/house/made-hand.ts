/** How good a hand is on the current board. */
import { BoardStrengths } from './code-strength.js';
import { deck, type Holding } from './holdings.js';

/** Of 7462 strengths. */
const weakestStraight = 5854;

/**
 * The share of these holdings that the hand beats; a tie counts half. 1: none of them beats or ties it. Holdings with
 * visible cards are left out.
 *
 * @param board three cards or more.
 */
export function shareBeaten(hole: Holding, board: readonly number[], holdings: readonly Holding[]): number {
  const own = [...hole, ...board];
  const strengths = new BoardStrengths(board);
  const mine = strengths.of(hole[0], hole[1]);
  // An array by card, because this loop checks a thousand holdings.
  const seen = new Uint8Array(deck.length);
  for (const card of own) seen[card] = 1;
  let beaten = 0;
  let counted = 0;
  for (const [first, second] of holdings) {
    if (seen[first] === 1 || seen[second] === 1) continue;
    const strength = strengths.of(first, second);
    beaten += strength < mine ? 1 : strength === mine ? 0.5 : 0;
    counted += 1;
  }
  return counted === 0 ? 1 : beaten / counted;
}

/**
 * The share of unseen cards that would make a straight or better with the hole cards: 0.19 for a flush draw on the
 * flop. 0 for a hand that has one already, and on the river.
 */
export function drawingShare(hole: Holding, board: readonly number[]): number {
  const [first, second] = hole;
  if (board.length > 4 || new BoardStrengths(board).of(first, second) >= weakestStraight) return 0;
  const seen = new Set([...hole, ...board]);
  const unseen = deck.filter((card) => !seen.has(card));
  const outs = unseen.filter((card) => {
    const made = new BoardStrengths([...board, card]).of(first, second);
    if (made < weakestStraight || board.length < 4) return made >= weakestStraight;
    // A hand on the board itself is everybody's.
    const open = [...board, card];
    return made > new BoardStrengths(open.slice(2)).of(open[0] as number, open[1] as number);
  });
  return outs.length / unseen.length;
}
