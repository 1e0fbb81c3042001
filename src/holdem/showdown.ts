/** The show-down of one hand: in which order the seats show (docs/protocol.md 6). */
import type { HandAction } from './facts.js';

/**
 * The seats of a show-down in the order in which they show. The one who raised last in the last betting round begins,
 * or else the first one left of the button, then it goes clockwise. When everybody is all-in early, the last betting
 * round is the one before the rest of the board was dealt.
 */
export function showdownOrder(
  live: readonly number[],
  history: readonly HandAction[],
  dealerSeat: number,
  seatCount: number,
): number[] {
  const street = history.findLast(isAction)?.street;
  const raise = history.findLast((entry) => entry.action === 'raise' && entry.street === street);
  const first = raise?.seat ?? dealerSeat + 1;
  const stepsFromFirst = (seat: number) => (seat - first + seatCount) % seatCount;
  return live.toSorted((a, b) => stepsFromFirst(a) - stepsFromFirst(b));
}

function isAction({ action }: HandAction): boolean {
  return !action.startsWith('post_');
}
