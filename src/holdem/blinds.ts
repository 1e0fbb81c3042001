/** Who posts what in a hand: the way of the button, and the level. */
import type { Ante, BlindLevel } from './table-types.js';

/** The seats of a hand that have a part before the cards are played. */
export interface Positions {
  dealerSeat: number;
  smallBlindSeat: number;
  bigBlindSeat: number;
}

/** What is posted in a hand. */
export interface Posts {
  smallBlind: number;
  bigBlind: number;
  ante: Ante;
}

/** @param levels in the order of their hands; the base is in force before the first. */
export function postsOf(hand: number, base: Posts, levels: readonly BlindLevel[]): Posts {
  const level = levels.findLast(({ fromHand }) => fromHand <= hand) ?? base;
  return { smallBlind: level.smallBlind, bigBlind: level.bigBlind, ante: level.ante ?? base.ante };
}
