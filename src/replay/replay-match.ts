/** What is played to a bot: the frames of a match, and what its seat did then. */
import type { JsonObject } from '../protocol/frames.js';

/** An answer to a turn. */
export interface SeatAnswer {
  readonly action: string;
  /** `raise`: the total of the street. Null for what has no amount. */
  readonly amount: number | null;
}

/** What was done in the turn when the hand was played. */
export interface PlayedAnswer extends SeatAnswer {
  /** Whether the bot chose it. An answer that the agent or the server gave in its place says nothing of the bot. */
  readonly isOwn: boolean;
}

/** A turn of the bot's seat. */
export interface AskStep {
  readonly type: 'ask';
  readonly frame: JsonObject & { readonly request_id: string };
  /** Null: it is not known. */
  readonly played: PlayedAnswer | null;
}

/** What the bot's seat meets, in this order. */
export type SeatStep =
  | { readonly type: 'frame'; readonly frame: JsonObject }
  | AskStep
  /** The connection was lost, and the seat taken again. */
  | { readonly type: 'reconnect' };

/** A hand of a match as one seat meets it. */
export interface ReplayHand {
  /** Null: its source does not tell it. */
  readonly handNumber: number | null;
  readonly steps: readonly SeatStep[];
  /** What the seat won or lost; null where it is not known. */
  readonly net: number | null;
  /** Without chips that nobody called; null where it is not known. */
  readonly pot: number | null;
  readonly bigBlind: number | null;
}

/** A match as one seat meets it. */
export interface SeatMatch {
  /** Null: its source does not tell it. */
  readonly matchId: string | null;
  /** Frames as they were recorded, or such that were made of the hands. */
  readonly frames: 'recorded' | 'rebuilt';
  readonly seatIndex: number;
  readonly seatName: string;
  readonly opponents: readonly string[];
  /** The first frame is not that of a beginning: the match was under way when the bot came. */
  readonly isUnderWay: boolean;
  /** Before the first hand. */
  readonly opening: readonly SeatStep[];
  readonly hands: readonly ReplayHand[];
  readonly ending: JsonObject;
}
