/** Positions at the table: who is dealt first, who posts, who was still in at the end. */
import { showdownOrder } from '../../holdem/showdown.js';
import type { HandHistory, HistorySeat } from '../hand-history.js';
import { HandRefusedError } from './hand-refusal.js';

/** The seats in the order in which they are dealt: the first is left of the button, which is the last. */
export function inDealingOrder<Seat extends { readonly seat: number }>(
  seats: readonly Seat[],
  dealerSeat: number,
): Seat[] {
  const sorted = seats.toSorted((a, b) => a.seat - b.seat);
  return [
    ...sorted.filter(({ seat }) => seat > dealerSeat),
    ...sorted.filter(({ seat }) => seat <= dealerSeat),
  ];
}

/** Who posts the blinds among seats in the order of dealing: heads-up the button has the small one. */
export function blindSeatsOf<Seat>(dealt: readonly Seat[]): { small: Seat; big: Seat } {
  const [first, second] = dealt;
  if (first === undefined || second === undefined)
    throw new HandRefusedError('unreadable', 'A hand has two seats or more.');
  return dealt.length === 2 ? { small: second, big: first } : { small: first, big: second };
}

/**
 * The seats in the order of dealing, for formats that tell positions and nothing else.
 *
 * @throws {HandRefusedError} where the button is at a seat that is out, or others than the usual seats posted the blinds.
 */
export function usualPositions({ seats, dealerSeat, history }: HandHistory, format: string): HistorySeat[] {
  const dealt = inDealingOrder(seats, dealerSeat);
  const { small, big } = blindSeatsOf(dealt);
  const poster = (action: string) => history.find((entry) => entry.action === action)?.seat;
  const isUsual =
    dealt.at(-1)?.seat === dealerSeat &&
    poster('post_small_blind') === small.seat &&
    poster('post_big_blind') === big.seat;
  if (isUsual) return dealt;
  throw new HandRefusedError(
    'posts',
    `${format} tells blinds by position, and here others than the two seats after the button posted them, or the button is at a seat that is out. PokerStars text and Open Hand History can tell such a hand.`,
  );
}

/** The seats that had not folded at the end. */
export function liveSeatsOf({ seats, history }: Pick<HandHistory, 'seats' | 'history'>): HistorySeat[] {
  const folded = new Set(history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  return seats.filter(({ seat }) => !folded.has(seat));
}

/** Who was in at the end of a finished hand, in the order of showing; nobody where all others folded. */
export function showingOrderOf(hand: HandHistory): HistorySeat[] {
  const live = liveSeatsOf(hand);
  if (!hand.isFinished || live.length < 2) return [];
  const { history, dealerSeat, seats } = hand;
  const seatCount = Math.max(dealerSeat, ...seats.map(({ seat }) => seat)) + 1;
  const numbers = live.map(({ seat }) => seat);
  const order = showdownOrder(numbers, history, dealerSeat, seatCount);
  return order.flatMap((seat) => live.find((each) => each.seat === seat) ?? []);
}
