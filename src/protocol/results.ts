import type { MatchEnd } from './frames.js';

/** Decision latencies of one match in milliseconds, from a histogram with bounded relative error. */
export interface LatencySummary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * Why a match was given up. `refused`: the gateway does not give this seat to this bot. `reconnects_exhausted`: the
 * agent's or the platform's limit of reconnects is reached. `frame_too_large`: the server sent such a frame twice.
 * `cut`: the session was stopped. `bot_error`: with `safeMode` off. `internal`: a defect.
 */
export type AbandonReason =
  | 'refused'
  | 'reconnects_exhausted'
  | 'game_unsupported'
  | 'version_unsupported'
  | 'frame_too_large'
  | 'cut'
  | 'bot_error'
  | 'internal';

/** What is counted of a match. */
export interface MatchCounts {
  /** Hands whose result was received. */
  hands: number;
  /** Decisions asked of the bot. */
  turns: number;
  /** Decisions answered for the bot: it was late, failed, or its answer was refused. */
  fallbacks: number;
  /** Answers made legal before they were sent. */
  corrections: number;
  /** Answers the server rejected. */
  rejections: number;
  /** Turns that the server played for the bot. */
  timeouts: number;
  /** Connections resumed after a drop. */
  resumes: number;
}

/** What is known about a match when it is over. Every announced match has exactly one result. */
export interface MatchResult extends MatchCounts {
  matchId: string;
  participantId: string;
  rated: boolean;
  outcome: 'completed' | 'abandoned';
  /** Why an abandoned match was given up, or null. */
  abandonReason: AbandonReason | null;
  /** One sentence on how an abandoned match ended, or null. */
  detail: string | null;
  /** The whole `match_end` frame, or null when the match was abandoned. */
  end: MatchEnd | null;
  /** The bot's seat, or null when the server never said. */
  seat: number | null;
  /** The bot's net chips from `match_end.results`, or null when unknown. */
  netChips: number | null;
  /** From a turn's request to its answer, whoever chose the answer. */
  latencyMs: LatencySummary;
  /** Epoch milliseconds of the wall clock as it was set when the result was reported. */
  startedAt: number;
  /** As `startedAt`. */
  endedAt: number;
}
