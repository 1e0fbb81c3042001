import type { HandRefusalCode } from '../histories/formats/hand-refusal.js';

/** Why a hand cannot be played to a bot. */
export type UnplayableCode =
  /** Its chips or cards cannot be right. */
  | 'unsound'
  /** The stacks are not known. */
  | 'no_stacks'
  /** The cards of the seat are not known. */
  | 'no_cards'
  /** Somebody acted whose turn it was not, or put in what our rules do not ask for. */
  | 'other_rules'
  /** Not poker. */
  | 'other_game';

/** A hand that is left out. The message says why, and what to do where something can be done. */
export class UnplayableError extends Error {
  readonly code: UnplayableCode;

  constructor(code: UnplayableCode, message: string) {
    super(message);
    this.name = 'UnplayableError';
    this.code = code;
  }
}

/** A hand that was left out, so that whoever counts can say so. */
export interface UnplayedHand {
  /** Or the file, where no match was read. */
  readonly matchId: string | null;
  readonly handNumber: number | null;
  readonly code: UnplayableCode | HandRefusalCode;
  /** A sentence. */
  readonly why: string;
}
