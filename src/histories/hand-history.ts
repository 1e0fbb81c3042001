/**
 * The normal form of a hand that was played: every reader makes it, and everything that shows, sums or exports hands takes
 * it. Amounts are chips, cards are text such as `Kc`.
 */
import type { HandAction } from '../holdem/facts.js';

/** What a hand was read from. */
export type HandSource =
  | 'recording'
  | 'hands'
  | 'replay'
  | 'sandbox'
  | 'phh'
  | 'pokerstars'
  | 'ohh'
  | 'acpc'
  | 'fpdb-json';

/** A seat that was dealt in. */
export interface HistorySeat {
  /** Its number at the table, from 0. */
  readonly seat: number;
  readonly name: string;
  /** Before the posts; null when the source does not tell it and it cannot be worked out. */
  readonly stack: number | null;
  /** After the payouts; null as above, and in a hand that is not finished. */
  readonly stackAfter: number | null;
  /** Its two hole cards; null when they are not known. */
  readonly cards: readonly string[] | null;
  /**
   * Whether it showed its cards at a show-down. Cards that are known otherwise (our own, those that the platform tells of a
   * hand that ended by folds, those of a record) were not shown.
   */
  readonly hasShown: boolean;
}

/** The blinds and the ante of a hand, in chips as `HandHistory`, also where a short stack could not post all of it. */
export interface HandLevel {
  readonly smallBlind: number;
  readonly bigBlind: number;
  readonly ante: number;
}

/** A hand that was played, whatever it was read from. Amounts are chips, or hundredths where a file counts money. */
export interface HandHistory {
  readonly source: HandSource;
  /** Null: the source does not tell it. */
  readonly matchId: string | null;
  readonly handNumber: number | null;
  /** Epoch milliseconds; null: not told. Hands are ordered by their number, not by this. */
  readonly startedAt: number | null;
  readonly level: HandLevel;
  /** The seat of the button. */
  readonly dealerSeat: number;
  /** In the order of their numbers; two or more. */
  readonly seats: readonly HistorySeat[];
  /** Posts first, then what was done in turn. A `raise` says the total of the street; calls and posts the chips added. */
  readonly history: readonly HandAction[];
  /** What was dealt: none, three, four or five. */
  readonly board: readonly string[];
  /** The seat whose eyes saw the hand; null: nobody's, or everybody's. */
  readonly hero: number | null;
  /** Chips that the house took from the pots. Default: none. */
  readonly rake?: number;
  /** A hand that was cut off has no stacks after it and is in no sum. */
  readonly isFinished: boolean;
}
