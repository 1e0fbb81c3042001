/** Where the seats of a hand sit, seen from the button. */
import type { HandHistory } from './hand-history.js';

/**
 * Heads-up `BTN` (it posts the small blind) and `BB`. Otherwise from the left of the button: `SB`, `BB`, then those before
 * the button, `BTN` last: `CO` directly before it, `HJ` before that, `UTG` to the left of the big blind, and `MP` whatever
 * lies between. A seat that fits two is `UTG` only if it is neither `CO` nor `BTN`: four seats are SB, BB, CO, BTN.
 */
export type Position = 'SB' | 'BB' | 'UTG' | 'MP' | 'HJ' | 'CO' | 'BTN';

/**
 * Of each seat, in the order of `hand.seats`. Where the button stands at an empty seat, `BTN` is the seat that acts last after
 * the flop.
 */
export function positionsOf({ seats, dealerSeat }: Pick<HandHistory, 'seats' | 'dealerSeat'>): Position[] {
  const count = seats.length;
  const after = seats.findIndex(({ seat }) => seat > dealerSeat);
  const first = after === -1 ? 0 : after;
  return seats.map((_, index) => nameOf((index - first + count) % count, count));
}

/** @param place in the order of play after the flop, from 0. */
function nameOf(place: number, count: number): Position {
  const fromButton = count - 1 - place;
  if (fromButton === 0) return 'BTN';
  if (count === 2) return 'BB';
  if (place === 0) return 'SB';
  if (place === 1) return 'BB';
  if (fromButton === 1) return 'CO';
  if (place === 2) return 'UTG';
  return fromButton === 2 ? 'HJ' : 'MP';
}
