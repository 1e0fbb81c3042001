/**
 * Latencies as a histogram of constant size: a context that grew with every turn would cost its length per turn.
 * Bucket `i` holds values up to `growth ** i` milliseconds, so a percentile is off by at most a quarter.
 */
import type { LatencySummary } from '../protocol/results.js';

const growth = 1.25;
const bucketCount = 64;

export interface LatencyHistogram {
  /** By bucket, up to the highest one that holds anything. */
  readonly counts: readonly number[];
  readonly maxMs: number;
}

export const emptyHistogram: LatencyHistogram = { counts: [], maxMs: 0 };

function bucketOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(bucketCount - 1, Math.ceil(Math.log(ms) / Math.log(growth)));
}

export function addLatency(histogram: LatencyHistogram, ms: number): LatencyHistogram {
  const counts = histogram.counts.slice();
  const bucket = bucketOf(ms);
  while (counts.length <= bucket) counts.push(0);
  counts[bucket] = (counts[bucket] ?? 0) + 1;
  return { counts, maxMs: Math.max(histogram.maxMs, ms) };
}

/** Percentiles in milliseconds; all zero when nothing was measured. */
export function summarizeLatency({ counts, maxMs }: LatencyHistogram): LatencySummary {
  const count = counts.reduce((sum, n) => sum + n, 0);
  const percentile = (share: number): number => {
    let seen = 0;
    for (let bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket] ?? 0;
      if (seen >= share * count && seen > 0) return Math.round(Math.min(growth ** bucket, maxMs) * 10) / 10;
    }
    return 0;
  };
  return {
    count,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    max: Math.round(maxMs * 10) / 10,
  };
}
