/** One bot of ours in one match, as the ledger counts it: all its sums are made of these rows. */
import type { RecordedBot } from '../recording/recording-shape.js';

/** Which code played. All null: not known. */
export interface PlayedVersion {
  readonly hash: string | null;
  readonly label: string | null;
  readonly git: string | null;
}

/**
 * What a row was made from. From both, the recording tells hands, chips and turns, and the result the outcome; of what both
 * count the larger number is taken, as a recording may have gaps, and a result knows one process alone.
 */
export type RowSource = 'recording' | 'result' | 'both';

export interface LedgerRow extends PlayedVersion {
  readonly matchId: string;
  /** Null: not known. */
  readonly participantId: string | null;
  readonly source: RowSource;
  /** Epoch milliseconds; null: unknown. */
  readonly startedAt: number | null;
  /** Two versions played it, one after the other: it is neither's. */
  readonly isMixed: boolean;
  readonly bot: RecordedBot['name'];
  readonly env: string | null;
  readonly package: string | null;
  /** Names, by seat. */
  readonly opponents: readonly string[];
  /** As `formatOf` words it. */
  readonly format: string;
  readonly rated: boolean | null;
  /** `open`: nothing tells its end. It is still played, or its process was killed and none went on with it. Null: not known. */
  readonly outcome: 'completed' | 'abandoned' | 'open' | null;
  /** Who told the chips of an end that no session of ours saw (`RecordedResult.toldBy`). Null: we saw it, or nobody told it. */
  readonly toldBy: 'platform' | null;
  /** What the match won or lost, as its end tells it, or else the stacks; null: unknown. */
  readonly net: number | null;
  /** Hands in the sums: sound and finished. Of a match of which only the result is known, those that it counts. */
  readonly hands: number;
  /** Chips of these hands, from the stacks. */
  readonly handNet: number;
  /** Those of them whose level is known, and their chips in big blinds of their level. */
  readonly levelHands: number;
  readonly levelNet: number;
  /** The same with all-ins of two seats at what they were worth (`adjustedNetOf`), and how many of those there were. */
  readonly levelAdjusted: number;
  readonly adjustedHands: number;
  /** Hands that went to a show-down with us in it, and those of them that won chips. */
  readonly showdowns: number;
  readonly showdownsWon: number;
  /** Hands that were cut off: they are in no sum. */
  readonly unfinished: number;
  /** Hands that are in no sum, for another reason. */
  readonly leftOut: number;
  readonly turns: number;
  /** Turns that were answered for the bot: it was late, failed, or its answer was not taken. */
  readonly answeredFor: number;
  /** Turns that the platform played for the bot. */
  readonly timeouts: number;
  readonly corrections: number;
  readonly rejections: number;
  /** Turns in which the bot threw; null: only a recording tells. */
  readonly errors: number | null;
  readonly resumes: number;
}

/** A hand of ours. */
export interface LedgerHand {
  readonly matchId: string;
  readonly participantId: string | null;
  readonly handNumber: number | null;
  readonly startedAt: number | null;
  readonly seat: number;
  readonly players: number;
  readonly smallBlind: number;
  readonly bigBlind: number;
  readonly ante: number;
  /** Before the posts. */
  readonly stack: number;
  readonly net: number;
  /** The same with an all-in of two seats at what it was worth (`adjustedNetOf`); null: as it was won. */
  readonly adjustedNet: number | null;
  /** All chips put in, without those that nobody called. */
  readonly pot: number;
  /** The last one that was dealt: `preflop`, `flop`, `turn` or `river`. */
  readonly street: string;
  /** It went to a show-down with us in it. */
  readonly isShowdown: boolean;
  /** We folded. */
  readonly hasFolded: boolean;
  /** Without separators, such as `AhKd`; null: not known. */
  readonly cards: string | null;
  readonly board: string;
}

/** A hand that is in no sum. */
export interface LeftOutHand {
  readonly matchId: string;
  readonly handNumber: number | null;
  readonly code: string;
  /** A sentence. */
  readonly why: string;
}
