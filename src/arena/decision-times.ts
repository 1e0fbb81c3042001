/**
 * Times of decisions as counts of constant size that can be added up, whoever measured them. Bucket i holds times up to
 * `firstMs * growth ** i` milliseconds, so that what is read from it is a quarter too much at most.
 */
const growth = 1.25;
/** A bot of a few lines takes some microseconds. */
const firstMs = 0.001;
/** The last one takes whatever is longer than 20 minutes. */
export const timeBuckets = 96;

/** By bucket, up to the highest one that holds anything. */
export type TimeCounts = readonly number[];

/** @param counts grows. */
export function countTime(counts: number[], ms: number): void {
  const place = ms > firstMs ? Math.ceil(Math.log(ms / firstMs) / Math.log(growth)) : 0;
  const bucket = Math.min(timeBuckets - 1, place);
  while (counts.length <= bucket) counts.push(0);
  counts[bucket] = (counts[bucket] ?? 0) + 1;
}

export function addTimeCounts(a: TimeCounts, b: TimeCounts): TimeCounts {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((count, bucket) => count + (short[bucket] ?? 0));
}

export const countedTimes = (counts: TimeCounts): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * @param share from 0 to 1.
 * @param slowestMs the longest of them, which nothing is beyond.
 * @returns null where nothing was counted.
 */
export function timeAt(counts: TimeCounts, share: number, slowestMs: number): number | null {
  const wanted = share * countedTimes(counts);
  let seen = 0;
  for (const [bucket, count] of counts.entries()) {
    seen += count;
    if (seen > 0 && seen >= wanted) return Math.min(firstMs * growth ** bucket, slowestMs);
  }
  return null;
}
