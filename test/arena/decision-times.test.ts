import { expect, it } from 'vitest';
import {
  addTimeCounts,
  countedTimes,
  countTime,
  timeAt,
  timeBuckets,
} from '../../src/arena/decision-times.js';

/** Of these times. */
function countsOf(times: readonly number[]): number[] {
  const counts: number[] = [];
  for (const ms of times) countTime(counts, ms);
  return counts;
}

it.each([0.004, 0.5, 1, 37, 29_999])('a time of %d ms is told as it was, or a quarter more', (ms) => {
  const told = timeAt(countsOf([ms, 60_000]), 0.5, 60_000);
  expect(told).toBeGreaterThanOrEqual(ms);
  expect(told).toBeLessThanOrEqual(1.25 * ms + 1e-9);
});

it('the median and the slowest of a hundred are those of their ranks', () => {
  const times = Array.from({ length: 1_000 }, (_, at) => (at < 990 ? 2 : 400));
  const counts = countsOf(times);
  expect(countedTimes(counts)).toBe(1_000);
  expect(timeAt(counts, 0.5, 400)).toBeLessThan(2.5);
  expect(timeAt(counts, 0.99, 400)).toBeLessThan(2.5);
  // Nothing took longer than the slowest.
  expect(timeAt(counts, 0.991, 400)).toBe(400);
});

it('counts of several threads add up to those of one', () => {
  const times = Array.from({ length: 300 }, (_, at) => 0.003 * 1.05 ** at);
  const [some, others] = [times.slice(0, 100), times.slice(100)].map(countsOf);
  expect(addTimeCounts(some ?? [], others ?? [])).toEqual(countsOf(times));
  expect(addTimeCounts(others ?? [], some ?? [])).toEqual(countsOf(times));
  expect(addTimeCounts([], [])).toEqual([]);
});

it('where nothing was counted nothing is told, and a day has a place', () => {
  expect(timeAt([], 0.5, 0)).toBeNull();
  expect(countsOf([86_400_000])).toHaveLength(timeBuckets);
  expect(countsOf([0, -1, Number.NaN])).toEqual([3]);
});
