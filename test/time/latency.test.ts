import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLatency, emptyHistogram, summarizeLatency } from '../../src/time/latency.js';

const histogramOf = (values: readonly number[]) => values.reduce(addLatency, emptyHistogram);

describe('the latency histogram', () => {
  it('is all zero when nothing was measured', () => {
    expect(summarizeLatency(emptyHistogram)).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('shows one value as it is, rounded to a tenth', () => {
    expect(summarizeLatency(histogramOf([123.456]))).toEqual({
      count: 1,
      p50: 123.5,
      p95: 123.5,
      p99: 123.5,
      max: 123.5,
    });
    expect(summarizeLatency(histogramOf([0]))).toEqual({ count: 1, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('tells the many fast answers from the few slow ones', () => {
    const values = [...Array.from({ length: 98 }, () => 10), 1_000, 2_000];
    const { count, p50, p95, p99, max } = summarizeLatency(histogramOf(values));
    expect([count, max]).toEqual([100, 2_000]);
    for (const fast of [p50, p95]) expect(fast).toBeGreaterThanOrEqual(10);
    for (const fast of [p50, p95]) expect(fast).toBeLessThanOrEqual(12.5);
    expect(p99).toBeGreaterThanOrEqual(1_000);
    expect(p99).toBeLessThanOrEqual(1_250);
  });

  it('is never below a percentile and never more than a quarter (or a millisecond) above it', () => {
    // Up to the last bucket, which is longer than any clock of the platform.
    const latency = fc.double({ min: 0, max: 1_000_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), (values) => {
        const summary = summarizeLatency(histogramOf(values));
        const sorted = values.toSorted((a, b) => a - b);
        const roundingMs = 0.051;
        for (const [share, shown] of [
          [0.5, summary.p50],
          [0.95, summary.p95],
          [0.99, summary.p99],
        ] as const) {
          const exact = sorted[Math.ceil(share * values.length) - 1] ?? 0;
          expect(shown).toBeGreaterThanOrEqual(exact - roundingMs);
          expect(shown).toBeLessThanOrEqual(Math.max(1, exact * 1.25) + roundingMs);
        }
        expect(summary.count).toBe(values.length);
        expect(Math.abs(summary.max - Math.max(...values))).toBeLessThanOrEqual(roundingMs);
        expect([summary.p50, summary.p95, summary.p99, summary.max]).toEqual(
          [summary.p50, summary.p95, summary.p99, summary.max].toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('has at most 64 buckets after any number of turns, and leaves what it was made from alone', () => {
    const before = histogramOf([5]);
    const after = histogramOf(Array.from({ length: 1_000 }, (_, i) => i * 1_000_000));
    expect(after.counts.length).toBeLessThanOrEqual(64);
    addLatency(before, 5);
    expect(summarizeLatency(before).count).toBe(1);
    expect(summarizeLatency(emptyHistogram).count).toBe(0);
  });
});
