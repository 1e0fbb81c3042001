/** What is kept of a match for the public records, all cards face up. */
import type { Card } from '../holdem/card.js';
import type { HandAction, HandEnded, HandStarted, ShownHand } from '../holdem/facts.js';

/** How a match came about. */
export const matchOrigins = ['challenge', 'house', 'queue', 'fixture'] as const;
export type MatchOrigin = (typeof matchOrigins)[number];

/** How a match ended; null while it is played. */
export type MatchOutcome = 'completed' | 'abandoned' | 'error';

/** One hand that was played to its end. Amounts and cards are those of the table's facts. */
export interface PlayedHand {
  readonly hand: number;
  readonly bigBlind: number;
  /** By seat, before the posts. */
  readonly stacks: readonly number[];
  /** By seat; none for a seat that was not dealt in. */
  readonly holeCards: readonly (readonly Card[])[];
  readonly board: readonly Card[];
  readonly history: readonly HandAction[];
  readonly winners: readonly number[];
  readonly shown: readonly ShownHand[];
  /** By seat, after the payouts. */
  readonly stacksAfter: readonly number[];
}

/** One seat of a match. */
export interface PlayedSeat {
  readonly name: string;
  /** Of a house bot, too; null for another bot that runs inside the platform. */
  readonly botId: string | null;
  /** What the match won or lost; null without a result. */
  netChips: number | null;
  handsWon: number | null;
  /** From 1; seats that cannot be told apart share one. Null without a result. */
  place: number | null;
}

export interface PlayedMatch {
  readonly matchId: string;
  readonly origin: MatchOrigin;
  readonly rated: boolean;
  /** Epoch milliseconds of the first hand; null when it is not known or there was none. */
  startedAt: number | null;
  outcome: MatchOutcome | null;
  readonly seats: readonly PlayedSeat[];
  /** The oldest first. */
  readonly hands: readonly PlayedHand[];
  /** The hands are no longer kept, or those of an earlier run of the platform are unknown. */
  isForgotten: boolean;
}

/** A hand from its first and its last fact. */
export function playedHand(started: HandStarted, ended: HandEnded, bigBlind: number): PlayedHand {
  const { hand, board, history, winners, shown, stacks: stacksAfter } = ended;
  const { stacks, holeCards } = started;
  return { hand, bigBlind, stacks, holeCards, board, history, winners, shown, stacksAfter };
}
