/** A match as everything that files and folders hold of it tells it. */
import type { AnswerSource } from '../../protocol/events.js';
import type { JsonObject, WireAction } from '../../protocol/frames.js';
import type { LineCounts } from '../../recording/json-lines.js';
import type { RecordedResult, RecordingHeader } from '../../recording/recording-shape.js';
import type { RefusedHand } from '../formats/hand-refusal.js';
import type { HandHistory } from '../hand-history.js';

/**
 * Who told of a match: one bot of ours (`agent`), a local platform (`platform`), or a file of hands in another format
 * (`file`).
 */
export type MatchTeller = 'agent' | 'platform' | 'file';

/** A turn of our bot, as only its own recording has it. */
export interface RecordedDecision {
  readonly requestId: string;
  /** Null: not told. */
  readonly handNumber: number | null;
  /** When it was asked for, in epoch milliseconds of our wall clock. */
  readonly askedAt: number;
  /** Where its action stands in the `history` of its hand; null when the request was not recorded. */
  readonly position: number | null;
  /** What was sent; null when nothing was, or it was not recorded. */
  readonly answer: WireAction | null;
  /** Who chose it. Anything but `bot` is the cause why it was chosen for the bot; null: no answer was recorded. */
  readonly source: AnswerSource | null;
  /** The platform played for the seat. */
  readonly isTimedOut: boolean;
  /** From the request to the answer; null: no answer was recorded. */
  readonly latencyMs: number | null;
  /** The clock that it began with; not there: not recorded. */
  readonly clockMs?: number;
  /** How long the bot took for a decision that came too late; null: it did not. */
  readonly lateMs: number | null;
  /** What the bot noted (`turn.note`). */
  readonly note: JsonObject | null;
  /** What the bot answered before it was made legal, and why; null: it was not changed. */
  readonly correction: { readonly asked: unknown; readonly why: string } | null;
  /** Why the platform did not accept an answer, once for each time; null where it did not say. */
  readonly rejections: readonly (string | null)[];
  /** What the bot threw instead of deciding; null: nothing. */
  readonly failure: string | null;
}

/** A match as one of its tellers has it. */
export interface MatchView {
  readonly by: MatchTeller;
  /** Null: unknown, or not one bot's view. */
  readonly participantId: string | null;
  /** What played: the first header. Null where only the result is known, and for files of other formats. */
  readonly header: RecordingHeader | null;
  /** Of each process that went on with the match, the first one included, in their order. */
  readonly headers: readonly RecordingHeader[];
  /** The line of `results.jsonl` that counts (`lastResult`); null: none, as in a match that is not over. */
  readonly result: RecordedResult | null;
  /** All of them: a match that was given up and played on later has more than one. */
  readonly results: readonly RecordedResult[];
  /** Our bot's seat; null: unknown, or not one bot's view. */
  readonly seat: number | null;
  /**
   * Chips that the match won or lost for our seat: as its end tells it, or else from the stacks before the first and after
   * the last hand; null: unknown.
   */
  readonly netChips: number | null;
  /** In the order in which they were asked. */
  readonly decisions: readonly RecordedDecision[];
  /** Connections that were resumed after a drop, and processes that took the match up again. */
  readonly resumes: number;
  /** Why the connection was lost, once for each time: close codes. */
  readonly losses: readonly number[];
  /** Records that are missing because they could not be written in time. */
  readonly lostRecords: number;
  /** The last record is there: the recording was closed. */
  readonly isClosed: boolean;
}

/** How many lines of a file were read, and which could not be. */
export interface FileLines extends LineCounts {
  readonly file: string;
}

/** A match, once, however many files and folders have it. */
export interface CollectedMatch extends MatchView {
  /** Null: the files do not tell it. Such hands come in pieces of limited size. */
  readonly matchId: string | null;
  /**
   * Hands of this match came before, from another file: it is counted already, and its other hands are not. Only of files
   * in other formats.
   */
  readonly isContinued: boolean;
  /** Every file that something was read from, in the order of reading. */
  readonly files: readonly string[];
  /** Of the first record, or as the hands tell it, in epoch milliseconds; null: unknown. */
  readonly startedAt: number | null;
  /** By seat. */
  readonly players: readonly { readonly seat: number; readonly name: string }[];
  /** Names of all others than our bot, by seat. */
  readonly opponents: readonly string[];
  /** Each once, in the order of their numbers; sound, or not finished. */
  readonly hands: readonly HandHistory[];
  /** Hands that are in no sum, and why. Positions are those in the file. */
  readonly refused: readonly RefusedHand[];
  /** What was found out about the hands: a sentence, and for how many it holds. */
  readonly remarks: ReadonlyMap<string, number>;
  /**
   * Other bots of ours that recorded this match, and the local platform's record of it. Their hands are those of the match;
   * what the first view lacks comes from them.
   */
  readonly others: readonly MatchView[];
  /** What was read, torn and damaged of each recording. */
  readonly lines: readonly FileLines[];
}

/** How far the reading of a collection is. */
export interface CollectionProgress {
  /** Bytes of the files that were read, and of all. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly files: number;
  readonly totalFiles: number;
  readonly matches: number;
  readonly hands: number;
}
