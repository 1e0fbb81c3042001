/** What a review says. Plain data: `review --json` prints it. */
import type { Position } from '../histories/positions.js';
import type { Street } from '../holdem/facts.js';
import type { AnswerSource } from '../protocol/events.js';
import type { Estimate } from '../statistics/mean-interval.js';
import type { HandPlace } from './places.js';

export const reviewDefaults = {
  /** Worst hands, and slowest turns. */
  worst: 8,
  /** Names of players that are told where no seat was found. */
  playersSeen: 12,
} as const;

/** A mean of `n` values with its standard error. */
export interface Figure extends Estimate {
  readonly n: number;
  /**
   * It is not 0, as far as the review's figures tell: `n` is 30 or more, and its interval, at the level that leaves one chance in
   * twenty of a wrong star in the whole review, does not hold 0. False where 0 means nothing, too.
   */
  readonly hasStar: boolean;
}

/** Of one place: hands of it, and what they are of all hands. */
export interface PlaceReview {
  readonly place: HandPlace;
  readonly hands: number;
  readonly chips: number;
  /** Big blinds for each 100 hands of all: the rows add up to the whole. */
  readonly bbPer100: Figure;
  /** Big blinds for each hand of this place. */
  readonly bbPerHand: Figure;
}

/** Of our decisions on one street. Shares are from 0 to 1. A hand may be on several streets: rows do not add up. */
export interface StreetReview {
  readonly street: Street;
  /** Bets that were to be answered; blinds are none. */
  readonly faced: number;
  readonly folded: Figure;
  readonly called: Figure;
  readonly raised: Figure;
  /** Chips that calls of bets put in. */
  readonly spent: number;
  /** Of those calls: hands whose whole net was below 0. */
  readonly lostAfterCall: Figure;
  /** What a call brought against a fold: the stack after the hand less the stack before the call, in big blinds. */
  readonly bbPerCall: Figure;
  /** Of folds on this street against cards that are known: those that had the best of it. */
  readonly bestFolded: Figure;
}

export interface WorstHand {
  readonly matchId: string | null;
  readonly handNumber: number | null;
  readonly chips: number;
  readonly bb: number;
  readonly place: HandPlace;
  readonly position: Position;
  readonly cards: readonly string[] | null;
  /** Those whose cards are known, or who were in at the end. */
  readonly others: readonly {
    readonly name: string;
    readonly position: Position;
    readonly cards: readonly string[] | null;
  }[];
  readonly board: readonly string[];
  readonly line: string;
  /** Turns of ours that somebody else answered. */
  readonly answeredFor: number;
}

export interface SlowTurn {
  readonly matchId: string | null;
  readonly handNumber: number | null;
  /** From the request to the answer, or to the decision that came too late. */
  readonly ms: number;
  readonly isLate: boolean;
  /** Null: the hand is not known. */
  readonly street: Street | null;
  readonly cards: readonly string[] | null;
  readonly board: readonly string[];
  readonly potBefore: number | null;
  readonly answer: string | null;
}

/** Turns that were not the bot's own; what it proposed before it was late is its own. */
export interface AnsweredFor {
  readonly turns: number;
  /** Who chose: the agent, by cause, or `platform`. */
  readonly causes: Readonly<Partial<Record<Exclude<AnswerSource, 'bot' | 'proposal'> | 'platform', number>>>;
  /** Hands with such a turn. */
  readonly hands: number;
  readonly chips: number;
  readonly bbPerHand: Figure;
  /** The same of the others at the table, as the platform told. */
  readonly othersTurns: number;
}

/** All-ins before the river of two hands that are both known. */
export interface AllInReview {
  readonly hands: number;
  /** The share of the pot that was ours on average when the betting was over. */
  readonly equity: Figure;
  /** What the cards brought above that, in big blinds a hand: luck, which has a mean of 0. */
  readonly bbOfLuck: Figure;
  readonly chipsOfLuck: number;
}

/** What was looked at, and what was not. */
export interface ReviewBase {
  /** False: it was ended before everything was read. */
  readonly isWhole: boolean;
  readonly matches: number;
  readonly hands: number;
  /** In no sum. */
  readonly left: {
    /** By the cause of the refusal: `unsound` are hands whose chips do not add up. */
    readonly refused: Readonly<Record<string, number>>;
    readonly unfinished: number;
    readonly noStacks: number;
  };
  readonly refusedHands: readonly {
    /** Null where a file in another format has it, which is named then. */
    readonly matchId: string | null;
    readonly file: string | null;
    readonly handNumber: number | null;
    readonly code: string;
    readonly why: string;
  }[];
  /** Matches without a seat of ours, or of the player or label that was named. */
  readonly matchesWithoutSeat: number;
  /** Matches of which only the result was kept. */
  readonly matchesWithoutHands: number;
  /** Names of the players of matches without a seat of ours, the first ones. */
  readonly playersSeen: readonly string[];
}

export interface Review {
  readonly base: ReviewBase;
  readonly chips: number;
  readonly bbPer100: Figure;
  readonly places: readonly PlaceReview[];
  readonly allIn: AllInReview;
  readonly streets: readonly StreetReview[];
  readonly answeredFor: AnsweredFor;
  /** The most lost first. */
  readonly worst: readonly WorstHand[];
  /** The slowest first; none where no recording of our bot has them. */
  readonly slowest: readonly SlowTurn[];
  readonly latencyMs: {
    readonly count: number;
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  };
  /** How many figures could have had a star. */
  readonly figuresLookedAt: number;
}
