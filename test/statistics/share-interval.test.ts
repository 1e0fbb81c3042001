import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaInterval, wilsonInterval } from '../../src/statistics/share-interval.js';

const rounded = ({ low, high }: { low: number; high: number }): number[] => [
  Number(low.toFixed(8)),
  Number(high.toFixed(8)),
];

describe('the interval of a share', () => {
  it.each([
    { hits: 0, n: 40, beta: [0, 0.06049798], wilson: [0, 0.0876216] },
    { hits: 40, n: 40, beta: [0.93950202, 1], wilson: [0.9123784, 1] },
    { hits: 20, n: 40, beta: [0.3496035, 0.6503965], wilson: [0.35199527, 0.64800473] },
    { hits: 30, n: 100, beta: [0.21684143, 0.39454651], wilson: [0.21894885, 0.39584855] },
    { hits: 1, n: 1, beta: [0.14674632, 1], wilson: [0.20654931, 1] },
    { hits: 0, n: 0, beta: [0, 1], wilson: [0, 1] },
  ])('of $hits of $n is that of scipy', ({ hits, n, beta, wilson }) => {
    expect(rounded(betaInterval(hits, n))).toEqual(beta);
    expect(rounded(wilsonInterval(hits, n))).toEqual(wilson);
  });

  it('takes what was thought before', () => {
    // Uniform before, one of one after: Beta(2, 1), whose share below x is x².
    const { low, high } = betaInterval(1, 1, { level: 0.9, prior: { hits: 1, misses: 1 } });
    expect(low).toBeCloseTo(Math.sqrt(0.05), 12);
    expect(high).toBeCloseTo(Math.sqrt(0.95), 12);
  });

  it('holds the share, is never zero wide, and is wider where more certainty is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e7 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const hits = Math.round(part * n);
        for (const interval of [betaInterval(hits, n), wilsonInterval(hits, n)]) {
          expect(interval.low).toBeLessThanOrEqual(hits / n);
          expect(interval.high).toBeGreaterThanOrEqual(hits / n);
          expect(interval.high).toBeGreaterThan(interval.low);
        }
        expect(betaInterval(hits, n, { level: 0.99 }).low).toBeLessThanOrEqual(betaInterval(hits, n).low);
        expect(wilsonInterval(hits, n, 0.99).high).toBeGreaterThanOrEqual(wilsonInterval(hits, n).high);
      }),
      { numRuns: 200 },
    );
  });
});
