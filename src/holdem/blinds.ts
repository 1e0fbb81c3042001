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

/** The antes of a hand. */
export interface Antes {
  /** By seat; 0 for a seat that posts none. */
  readonly chips: readonly number[];
  /** They are the main pot's, whoever wins it, and nobody has to match them. */
  readonly areDead: boolean;
}

/**
 * The forward moving button, the rule of online tables: the button goes to the next seat that plays and the blinds are
 * the next two after it, whoever went out. So both blinds are posted in every hand and the button is never at an
 * empty seat; whoever sits behind a blind that went out may be spared one. Heads-up the dealer posts the small blind;
 * when the table has just become heads-up, nobody posts the big blind twice in a row.
 *
 * @param playing by seat, whether it plays in this hand; two or more do.
 * @param first where the button begins, or else at the next seat that plays.
 */
export function nextPositions(previous: Positions | null, playing: readonly boolean[], first = 0): Positions {
  const dealerSeat = previous === null ? seatFrom(first, playing) : nextSeat(previous.dealerSeat, playing);
  const following = nextSeat(dealerSeat, playing);
  if (playing.filter(Boolean).length > 2) {
    return { dealerSeat, smallBlindSeat: following, bigBlindSeat: nextSeat(following, playing) };
  }
  return following === previous?.bigBlindSeat
    ? { dealerSeat: following, smallBlindSeat: following, bigBlindSeat: dealerSeat }
    : { dealerSeat, smallBlindSeat: dealerSeat, bigBlindSeat: following };
}

/** The nearest other seat that plays, clockwise. */
function nextSeat(seat: number, playing: readonly boolean[]): number {
  return seatFrom((seat + 1) % playing.length, playing);
}

/** This seat or the next one that plays, clockwise. */
function seatFrom(seat: number, playing: readonly boolean[]): number {
  let next = seat;
  while (playing[next] !== true) next = (next + 1) % playing.length;
  return next;
}

/** @param levels in the order of their hands; the base is in force before the first. */
export function postsOf(hand: number, base: Posts, levels: readonly BlindLevel[]): Posts {
  const level = levels.findLast(({ fromHand }) => fromHand <= hand) ?? base;
  return { smallBlind: level.smallBlind, bigBlind: level.bigBlind, ante: level.ante ?? base.ante };
}

export function antesOf(ante: Ante, bigBlindSeat: number, playing: readonly boolean[]): Antes {
  if (typeof ante === 'number') return { chips: playing.map((plays) => (plays ? ante : 0)), areDead: false };
  const chips = playing.map((plays, seat) => {
    if (!plays) return 0;
    if ('bigBlind' in ante) return seat === bigBlindSeat ? ante.bigBlind : 0;
    return ante[seat] ?? 0;
  });
  return { chips, areDead: true };
}
