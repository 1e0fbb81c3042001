import type { ForfeitReason } from '../terms/sandbox-events.js';

/** What a match keeps of a seat besides its chips. */
export interface SeatRecord {
  readonly name: string;
  /** Rejected answers and failures, newest last. */
  readonly errors: string[];
  /** Decision times in ms, newest last. */
  readonly latenciesMs: number[];
  /** In the hand in play. */
  rejections: number;
  /** In a row. */
  substitutions: number;
  /** Its last turn that is over. */
  lastRequestId: string;
  /** Why the platform plays for it until it is out; null: it plays itself. */
  forfeited: ForfeitReason | null;
  /** When it dropped last, in epoch ms. */
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

/** Appends, and forgets the oldest beyond the limit. */
export function keepLatest<T>(list: T[], value: T, limit: number): void {
  list.push(value);
  if (list.length > limit) list.shift();
}
