/** What a hand won with the luck of an all-in taken out. */
import { allInOdds, shareOfOdds } from '../holdem/all-in-odds.js';
import { closedBettingOf, fairWinnings } from './closed-betting.js';
import { chipsOf, type HandChips } from './hand-chips.js';
import type { HandHistory } from './hand-history.js';

/**
 * Chips that a seat would win on average if the hand went on again and again from where only cards decided; fractions are possible.
 *
 * Of two seats that were dealt in, whose cards are known: with more seats the cards of those that folded would have to be
 * known too, as they cannot come.
 *
 * @returns null for any other hand, which is worth what it won.
 */
export function adjustedNetOf(hand: HandHistory, seat: number, chips?: HandChips): number | null {
  if (hand.seats.length !== 2) return null;
  const acted = hand.history.flatMap(({ seat: by, action, street }) =>
    action === 'fold' || action === 'check' || action === 'call' || action === 'raise'
      ? [{ seat: by, action, street }]
      : [],
  );
  const closed = closedBettingOf(hand, acted);
  const own = closed?.contenders.find((one) => one.seat === seat)?.cards;
  const other = closed?.contenders.find((one) => one.seat !== seat)?.cards;
  if (closed === null || !own || !other) return null;
  const share = shareOfOdds(allInOdds(own, other, { board: closed.board }));
  const counted = chips ?? chipsOf(hand);
  const fair = fairWinnings(hand, closed, { seat, share, chips: counted });
  if (fair === null) return null;
  const back = counted.uncalled?.seat === seat ? counted.uncalled.amount : 0;
  return fair + back - (counted.put.get(seat) ?? 0);
}
