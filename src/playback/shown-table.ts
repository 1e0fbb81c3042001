/** A table as pages show it. Plain data: chips are whole numbers, and all text is printable. */

export interface SeatView {
  seat: number;
  name: string;
  isSelf: boolean;
  stack: number | null;
  /** Chips that it has put in on this street. */
  bet: number;
  /** Two cards like `Ah`; empty when face down. */
  cards: string[];
  /** It has no cards: it folded, or had no chips when the hand was dealt. */
  folded: boolean;
  isDealer: boolean;
  isActing: boolean;
  /** Its last action in this hand. */
  last: string | null;
  /** Chips that it won from the pot when the hand ended. */
  won: number | null;
  /** The hand that it showed: `Full House`. */
  rank: string | null;
}

export interface TableView {
  hand: number | null;
  phase: string;
  board: string[];
  pot: number;
  toCall: number | null;
  seats: SeatView[];
  /** Actions of this hand, the oldest first. */
  actions: { seat: number; phase: string; text: string; isTimeout: boolean }[];
}
