/** What a replay found, as plain data: what a person reads and what a program gets are made of it. */
import type { BotFinding } from '../check/check-report.js';
import type { Estimate } from '../statistics/mean-interval.js';
import type { PlayedAnswer, SeatAnswer } from './replay-match.js';
import type { UnplayedHand } from './unplayable.js';

/**
 * `same`: it answers as was played. `changed`: it does not, each time. `mixes`: it answers now this and now that, or may
 * do so. `failed`: it threw or was late each time, so that there is nothing to compare. `not_compared`: what was played
 * was not the bot's choice, or is not known.
 */
export type ReplayVerdict = 'same' | 'changed' | 'mixes' | 'failed' | 'not_compared';

/** An answer of today, and how often it came. */
export interface RepeatedAnswer extends SeatAnswer {
  readonly times: number;
}

/** Something that costs chips whatever was played: it threw, was late, or its answer had to be made legal. */
export interface ReplayFault extends BotFinding {
  /** Of how many times that the match was played. */
  readonly times: number;
}

/** A decision that was played again: what was answered then, and now. */
export interface ReplayedDecision {
  readonly requestId: string;
  readonly street: string;
  readonly cards: readonly string[];
  readonly board: readonly string[];
  /** Before the turn, in chips. */
  readonly pot: number;
  readonly toCall: number;
  /** The share of the pot after a call that the call is, 0 to 1; null where there is nothing to call. */
  readonly potOdds: number | null;
  readonly played: PlayedAnswer | null;
  /** The most frequent one first. */
  readonly answers: readonly RepeatedAnswer[];
  /** How often it was asked with everything before it in the hand as it was played; where never, how often at all. */
  readonly runs: number;
  readonly verdict: ReplayVerdict;
  /** An earlier answer in the hand was another one each time, so that the bot would not have come here. */
  readonly isHypothetical: boolean;
  /** Of the answer that was played: its share today, with the interval of 95 %. */
  readonly share: { readonly times: number; readonly low: number; readonly high: number };
  readonly faults: readonly ReplayFault[];
}

/** A hand with a difference or a fault. */
export interface ReplayedHand {
  readonly matchId: string | null;
  readonly handNumber: number | null;
  readonly opponents: readonly string[];
  readonly frames: 'recorded' | 'rebuilt';
  /** What the seat won or lost when it was played; null: not known. */
  readonly net: number | null;
  readonly pot: number | null;
  readonly bigBlind: number | null;
  readonly decisions: readonly ReplayedDecision[];
  /** Faults of hooks in this hand. */
  readonly faults: readonly ReplayFault[];
}

/** Counts of decisions; those that are hypothetical are counted apart. */
export interface ReplayCounts {
  matches: number;
  hands: number;
  decisions: number;
  same: number;
  changed: number;
  mixes: number;
  failed: number;
  notCompared: number;
  hypothetical: number;
}

/** What `replayHands` found. */
export interface ReplayReport {
  /** Nothing was changed, and no fault was found. Of a bot that mixes: what was played may come from it as it is now. */
  readonly passed: boolean;
  /** False: it was ended before the last match. */
  readonly finished: boolean;
  /** How often each match was played; `1` stands for once, and a second time where something differed. */
  readonly repeat: number;
  /** The bot answered the same turn in two ways. */
  readonly mixes: boolean;
  readonly counts: ReplayCounts;
  /** Hands with a difference or a fault, in the order of the matches. */
  readonly hands: readonly ReplayedHand[];
  /** Faults that belong to no hand, such as of `onMatchEnd`. */
  readonly faults: readonly ReplayFault[];
  /**
   * How often answers of today are as played, and as each other; what a bot that mixes plays differs from itself as often
   * as from what was played, unless it has changed. Null: each match was played once.
   */
  readonly agreement: ReplayAgreement | null;
  readonly unplayed: readonly UnplayedHand[];
  readonly durationMs: number;
}

/** Shares of decisions, from 0 to 1, in which answers of today are as played, and as each other. */
export interface ReplayAgreement {
  readonly withPlayed: number;
  readonly withItself: number;
  /** The first less the second, with the interval of 95 % from hand to hand. */
  readonly difference: Estimate;
}
