/** A hand of a public record, in one form for both sources of it. */
import type { ChipsBySeat, RaiseMeaning } from './raise-meaning.js';

/** One action. `added` and `streetTotal` mean the same whatever the source meant by `amount`. */
export interface RecordedAction {
  seat: number;
  /** `post_small_blind`, `post_big_blind`, `fold`, `check`, `call`, `raise`, and whatever else there is. */
  action: string;
  /** The street: `preflop`, `flop`, `turn`, `river`. */
  phase: string;
  /** As it was recorded. */
  amount: number;
  /** Chips that it moves from the stack to the pot; null when the meaning of a raise is not known. */
  added: number | null;
  /** What the seat has put in on this street after it, antes not counted; null as above. */
  streetTotal: number | null;
}

/** Cards that a seat showed at the end of a hand. */
export interface ShownCards {
  seat: number;
  cards: readonly string[];
  /** As the platform names it; null: not told. */
  rank: string | null;
}

/** A hand of a public record. Amounts are chips, seats are numbered from 0. */
export interface RecordedHand {
  /** Null: not told. */
  handNumber: number | null;
  /** What was dealt: `['Qh', '7c', '2d']`. */
  board: readonly string[];
  /** By seat, also of whoever folded; seats without known cards are missing. */
  holeCards: Readonly<Record<number, readonly string[]>>;
  /** Empty: not told. `replay` never tells them, `stacksAfter` does. */
  winnerSeats: readonly number[];
  actions: readonly RecordedAction[];
  /** What the amounts of raises are, which is settled by the chips where they show it. */
  raises: RaiseMeaning;
  /** By seat; null: not told, as in `hands`. */
  startingStacks: ChipsBySeat | null;
  stacksAfter: ChipsBySeat | null;
  /** What was shown. A hand that somebody won without a show-down has none, or one entry. */
  showdown: readonly ShownCards[];
}

/** A hand that could not be read, so that sums over a match can leave it out and say so. */
export interface UnreadableHand {
  /** Where it stands in the record, from 0. */
  index: number;
  /** Null: not told. */
  handNumber: number | null;
  /** A sentence. */
  why: string;
}
