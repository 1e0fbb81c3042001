/** The show-down of one hand: in which order the seats show (docs/protocol.md 6). */
import type { HandAction } from './facts.js';

/**
 * The seats of a show-down in the order in which they show: whoever bet or raised last on the river begins, or else the
 * first one left of the button, then it goes clockwise. Bets of earlier streets do not count, also where they put everybody
 * all-in.
 */
export function showdownOrder(
  live: readonly number[],
  history: readonly HandAction[],
  dealerSeat: number,
  seatCount: number,
): number[] {
  const raise = history.findLast(({ action, street }) => action === 'raise' && street === 'river');
  const first = raise?.seat ?? dealerSeat + 1;
  const stepsFromFirst = (seat: number) => (seat - first + seatCount) % seatCount;
  return live.toSorted((a, b) => stepsFromFirst(a) - stepsFromFirst(b));
}
