/** `ratings.jsonl`: what the platform said of the bot after its matches, a line for each time that it was asked. */
import { isObject, isText } from '../protocol/checks.js';
import { jsonLines, type LineCounts, noLines } from './json-lines.js';
import type { RecordedResult } from './recording-shape.js';

/** A line of `ratings.jsonl`. What the platform does not tell is null. */
export interface RecordedRating
  extends Pick<RecordedResult, 'schema' | 'matchId' | 'label' | 'hash' | 'git' | 'env'> {
  /** When it was asked, in epoch milliseconds of the wall clock. */
  at: number;
  /** The bot that it is of. */
  botId: string;
  rating: number | null;
  ratingDeviation: number | null;
  matchesPlayed: number | null;
  wins: number | null;
  losses: number | null;
  bbPer100: number | null;
  bbHandsCounted: number | null;
}

/** The ratings of a folder, read again at each iteration. */
export interface RecordedRatings {
  /** From the beginning at each iteration. */
  ratings(): AsyncIterable<RecordedRating>;
  /** Of the last iteration. */
  readonly counts: LineCounts;
}

/** The ratings of a folder, in the order in which they were asked. The system's error is thrown by the iteration. */
export function readRatings(path: string): RecordedRatings {
  let counts = noLines();
  return {
    ratings() {
      counts = noLines();
      return jsonLines(path, { isKnown: isRating, isRestart: () => true }, counts);
    },
    get counts() {
      return counts;
    },
  };
}

function isRating(value: unknown): value is RecordedRating {
  return isObject(value) && isText(value.botId) && isText(value.matchId) && Number.isInteger(value.at);
}
