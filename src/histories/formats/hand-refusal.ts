/** Why a hand cannot be read from a format, or written in one. */

/** Every `code` of a `HandRefusedError`. */
export type HandRefusalCode =
  /** Chips that come from nowhere or go nowhere, a card that comes twice, an order that cannot be. */
  | 'unsound'
  /** What is no hand in this format. */
  | 'unreadable'
  /** Not No-Limit Texas Hold'em on one board. */
  | 'other_game'
  /** A post that the format, or the normal form, has no word for. */
  | 'posts'
  /** Fractions of a chip, or of a hundredth in money. */
  | 'fractions'
  /** The format has no antes. */
  | 'antes'
  /** The format has no fold where nothing is to be called. */
  | 'free_fold'
  /** The stacks are not known. */
  | 'no_stacks'
  /** The beginning of the hand was not recorded. */
  | 'no_start'
  /** Cards of the board were not recorded. */
  | 'no_board'
  /** The end of the hand is not known. */
  | 'no_end'
  /** The hand has no number. */
  | 'no_number'
  /** The hand has no time. */
  | 'no_time'
  /** Another hand has the same number. */
  | 'number_taken'
  /** It cannot be told what the amounts of raises mean. */
  | 'unknown_raises';

/** A hand that cannot be read, or written. The message says why, and what to do where something can be done. */
export class HandRefusedError extends Error {
  readonly code: HandRefusalCode;

  constructor(code: HandRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HandRefusedError';
    this.code = code;
  }
}

/** A hand that was left out, so that whoever counts can say so. */
export interface RefusedHand {
  /** Where it stands in its file or list, from 1. */
  readonly position: number;
  /** Null: not known. */
  readonly handNumber: number | null;
  readonly code: HandRefusalCode;
  /** A sentence. */
  readonly why: string;
}

export const takenNumber = 'Another hand has the number and the match of this one.';
