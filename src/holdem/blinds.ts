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
 * The forward moving button, the rule of online tables: the button goes to the next seat that has chips and the blinds
 * are the next two after it, whoever went out. So both blinds are posted in every hand and the button is never at an
 * empty seat; whoever sits behind a blind that went out may be spared one. Heads-up the dealer posts the small blind;
 * when the table has just become heads-up, nobody posts the big blind twice in a row.
 */
export function nextPositions(previous: Positions | null, stacks: readonly number[]): Positions {
  const dealerSeat = previous === null ? 0 : nextSeat(previous.dealerSeat, stacks);
  const following = nextSeat(dealerSeat, stacks);
  if (stacks.filter((stack) => stack > 0).length > 2) {
    return { dealerSeat, smallBlindSeat: following, bigBlindSeat: nextSeat(following, stacks) };
  }
  return following === previous?.bigBlindSeat
    ? { dealerSeat: following, smallBlindSeat: following, bigBlindSeat: dealerSeat }
    : { dealerSeat, smallBlindSeat: dealerSeat, bigBlindSeat: following };
}

/** The nearest other seat with chips, clockwise. */
function nextSeat(seat: number, stacks: readonly number[]): number {
  let next = (seat + 1) % stacks.length;
  while (next !== seat && !((stacks[next] ?? 0) > 0)) next = (next + 1) % stacks.length;
  return next;
}

/** @param levels in the order of their hands; the base is in force before the first. */
export function postsOf(hand: number, base: Posts, levels: readonly BlindLevel[]): Posts {
  const level = levels.findLast(({ fromHand }) => fromHand <= hand) ?? base;
  return { smallBlind: level.smallBlind, bigBlind: level.bigBlind, ante: level.ante ?? base.ante };
}
