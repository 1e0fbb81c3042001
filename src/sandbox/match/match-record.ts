import type { ForfeitReason } from '../terms/sandbox-events.js';

/** What a match remembers of a seat besides its chips. */
export interface SeatRecord {
  readonly name: string;
  /** Rejected answers and failures, newest last. */
  readonly errors: string[];
  /** Decision times in ms, newest last. */
  readonly latenciesMs: number[];
  /** Rejections in the current hand. */
  rejections: number;
  /** Substituted turns in a row. */
  substitutions: number;
  /** The request id of its last finished turn. */
  lastRequestId: string;
  /** Why it forfeited, so that the platform plays for it until it is out; null: it has not. */
  forfeited: ForfeitReason | null;
  /** When it dropped last, in epoch milliseconds. */
  awaySince: number;
}

export function newSeatRecord(name: string): SeatRecord {
  return {
    name,
    errors: [],
    latenciesMs: [],
    rejections: 0,
    substitutions: 0,
    lastRequestId: '',
    forfeited: null,
    awaySince: 0,
  };
}

/** Appends, and drops the oldest beyond the limit. */
export function keepLatest<T>(list: T[], value: T, limit: number): void {
  list.push(value);
  if (list.length > limit) list.shift();
}
