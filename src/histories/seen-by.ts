/** A hand through the eyes of one player. */
import type { HandHistory } from './hand-history.js';

/** The hand with the cards of this seat, and of others those that were shown. */
export function seenBy(hand: HandHistory, seatIndex: number): HandHistory {
  return {
    ...hand,
    hero: seatIndex,
    seats: hand.seats.map((seat) =>
      seat.seat === seatIndex || seat.hasShown ? seat : { ...seat, cards: null },
    ),
  };
}
