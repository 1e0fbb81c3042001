/** What the recordings of one match tell of it, where no process lived to keep a result. */
import type { MatchCounts } from '../protocol/results.js';
import { foldEvent } from '../session-view/fold-event.js';
import { newSession } from '../session-view/session-state.js';
import type { LatencyHistogram } from '../time/latency.js';
import { noLines } from './json-lines.js';
import { recordBatches } from './read-recording.js';

export interface RecordedSoFar {
  readonly counts: MatchCounts;
  readonly latency: LatencyHistogram;
  /** Our seat; null: not told. */
  readonly seat: number | null;
  readonly opponents: readonly string[];
  /** Null: the announcement is not in them. */
  readonly rated: boolean | null;
  /** Epoch milliseconds of the first and the last record. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The end of the match is in them, with our chips. */
  readonly hasEnd: boolean;
}

/**
 * @param paths in the order in which they were begun. Null: there is no record in them.
 * @throws the system's error when one cannot be read.
 */
export async function recordedSoFar(paths: readonly string[]): Promise<RecordedSoFar | null> {
  let state = newSession;
  let seat: number | null = null;
  let opponents: readonly string[] = [];
  let rated: boolean | null = null;
  let [firstAt, lastAt] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const path of paths) {
    for await (const records of recordBatches(path, noLines())) {
      for (const record of records) {
        firstAt = Math.min(firstAt, record.at);
        // A process that went on without getting anywhere, and closed the file, has seen nothing of the match.
        if (record.type !== 'header' && record.type !== 'end') lastAt = Math.max(lastAt, record.at);
        if (record.type !== 'event') continue;
        const { event } = record;
        state = foldEvent(state, event);
        if (event.type === 'match.announced') rated = event.rated;
        if (event.type !== 'match.started') continue;
        seat = event.seat ?? seat;
        opponents = event.opponents;
      }
    }
  }
  if (!Number.isFinite(firstAt)) return null;
  const hasEnd = state.matches.some(({ over }) => over !== null && over.netChips !== null);
  const { totals, latency } = state;
  return {
    counts: totals.counts,
    latency: latency.histogram,
    seat,
    opponents,
    rated,
    firstAt,
    lastAt: Math.max(firstAt, lastAt),
    hasEnd,
  };
}
