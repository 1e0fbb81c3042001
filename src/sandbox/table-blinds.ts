/** Who posts what in a hand: the way of the button, and the level. */
import type { BlindLevel } from './table-types.js';

/** The seats of a hand that have a part before the cards are played. */
export interface Positions {
  dealerSeat: number;
  smallBlindSeat: number;
  bigBlindSeat: number;
}

/** What is posted in a hand. */
export type Posts = Required<Omit<BlindLevel, 'fromHand'>>;

/**
 * The rule of the moving button: the big blind goes to the next seat with chips, so that nobody pays it twice in a
 * row or is passed over. The small blind is the seat with chips before it and the button the one before that, heads-up
 * the same one. So both blinds are always posted and the button is never at an empty seat, but after somebody went out
 * a seat may have the button or the small blind twice.
 *
 * @param lastBigBlindSeat null in the first hand, which has its button at seat 0.
 */
export function nextPositions(lastBigBlindSeat: number | null, stacks: readonly number[]): Positions {
  const isHeadsUp = stacks.filter((stack) => stack > 0).length === 2;
  const firstBigBlindSeat = isHeadsUp ? 1 : 2;
  const bigBlindSeat = lastBigBlindSeat === null ? firstBigBlindSeat : neighbour(lastBigBlindSeat, stacks, 1);
  const smallBlindSeat = neighbour(bigBlindSeat, stacks, -1);
  const dealerSeat = isHeadsUp ? smallBlindSeat : neighbour(smallBlindSeat, stacks, -1);
  return { dealerSeat, smallBlindSeat, bigBlindSeat };
}

/** The nearest other seat with chips, clockwise or against the clock. */
function neighbour(seat: number, stacks: readonly number[], step: 1 | -1): number {
  const count = stacks.length;
  let next = (seat + step + count) % count;
  while (next !== seat && !((stacks[next] ?? 0) > 0)) next = (next + step + count) % count;
  return next;
}

/** @param levels in the order of their hands; the base is in force before the first. */
export function postsOf(hand: number, base: Posts, levels: readonly BlindLevel[]): Posts {
  const level = levels.findLast(({ fromHand }) => fromHand <= hand) ?? base;
  return { smallBlind: level.smallBlind, bigBlind: level.bigBlind, ante: level.ante ?? base.ante };
}
