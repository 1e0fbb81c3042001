/** Where the chips of a hand went: each hand of a seat is in exactly one place. */
import type { Decision } from '../histories/decisions.js';
import type { HandChips } from '../histories/hand-chips.js';
import type { HandHistory, HistorySeat } from '../histories/hand-history.js';
import { equityAgainstAny } from '../holdem/hand-equity.js';
import type { EquityTable } from './equity-table.js';

/** The places, in the order in which they are tried: the first that fits is the hand's. */
export const places = {
  foldedBest: 'folded, and had the best of it: an even share of the pot or more against the hands still in',
  foldedBehind: 'folded, and had less',
  foldedUnknown: 'folded, and a hand still in is not known',
  wonUncontested: 'won without a show-down: all others folded',
  allInEarly: 'all-in before the river: came to a show-down and had no action on the river',
  bluffCalled:
    'its last bet or raise on the river was called, made with an equity under 0.4 against any hand',
  raiseCalled: 'its last bet or raise on the river was called, made with more',
  paidOff: 'called on the river, and got nothing of the pot',
  callWon: 'called on the river, and got the pot or a part of it',
  checkedDown: 'came to a show-down, and last checked on the river',
} as const;

export type HandPlace = keyof typeof places;

/** What tables call them. */
export const placeNames: Readonly<Record<HandPlace, string>> = {
  foldedBest: 'folded best',
  foldedBehind: 'folded behind',
  foldedUnknown: 'folded, unknown',
  wonUncontested: 'won, all folded',
  allInEarly: 'all-in before river',
  bluffCalled: 'bluff called',
  raiseCalled: 'raise called',
  paidOff: 'paid off',
  callWon: 'call that won',
  checkedDown: 'checked down',
};

const defaults = {
  /** Equity against any hand below which a bet on the river is a bluff. */
  bluffBelow: 0.4,
} as const;

/** A hand as one of its seats played it. */
export interface SeatedHand {
  readonly hand: HandHistory;
  readonly seat: HistorySeat;
  readonly chips: HandChips;
  /** Of all seats. */
  readonly decisions: readonly Decision[];
}

export interface PlacedHand {
  readonly place: HandPlace;
  /** Of the hand that was folded, or bet on the river; null where it was not asked for or is not known. */
  readonly equity: number | null;
}

/**
 * The place of a finished hand.
 *
 * @param equities where the equity of a fold comes from.
 */
export function handPlaceOf(played: SeatedHand, equities: EquityTable): PlacedHand {
  const { hand, seat, chips, decisions } = played;
  const own = decisions.filter((decision) => decision.seat === seat.seat);
  const last = own.at(-1);
  if (last?.action === 'fold') return foldedPlace(played, last, equities);
  const folds = decisions.reduce((count, { action }) => (action === 'fold' ? count + 1 : count), 0);
  if (hand.seats.length - folds < 2) return { place: 'wonUncontested', equity: null };
  if (last?.street !== 'river') return { place: 'allInEarly', equity: null };
  if (last.action === 'check') return { place: 'checkedDown', equity: null };
  if (last.action === 'call') {
    const won = chips.won?.get(seat.seat) ?? 0;
    return { place: won > 0 ? 'callWon' : 'paidOff', equity: null };
  }
  const equity =
    seat.cards === null || last.board.length < 5 ? null : equityAgainstAny(seat.cards, last.board);
  const isBluff = equity !== null && equity < defaults.bluffBelow;
  return { place: isBluff ? 'bluffCalled' : 'raiseCalled', equity };
}

function foldedPlace(
  { hand, seat, decisions }: SeatedHand,
  last: Decision,
  equities: EquityTable,
): PlacedHand {
  const gone = new Set(
    decisions.flatMap((one) => (one.index < last.index && one.action === 'fold' ? [one.seat] : [])),
  );
  const others = hand.seats.filter((other) => other !== seat && !gone.has(other.seat));
  const hands = [seat, ...others].flatMap(({ cards }) => (cards === null ? [] : [cards]));
  if (hands.length !== others.length + 1) return { place: 'foldedUnknown', equity: null };
  const equity = equities.shareOfFirst(hands, last.board);
  return { place: equity >= 1 / hands.length ? 'foldedBest' : 'foldedBehind', equity };
}
