import { describe, expect, it } from 'vitest';
import { fixedSampleSize, moreValues } from '../../src/statistics/sample-size.js';

describe('how many values it takes', () => {
  it('is known for a test at one time', () => {
    // With 1.96 for the normal quantile it would be 69,131.
    expect(fixedSampleSize({ mean: 0.041, deviation: 5.5, alpha: 0.05 })).toBeCloseTo(69_127.98, 1);
    expect(fixedSampleSize({ mean: 0, deviation: 5.5, alpha: 0.05 })).toBe(Number.POSITIVE_INFINITY);
  });

  it('is a range, as the mean is known to an error', () => {
    const more = (mean: number): number => 100 / mean ** 2;
    expect(moreValues({ mean: 3, error: 1 }, more)).toEqual({ low: 6.25, high: 25 });
    expect(moreValues({ mean: -3, error: 1 }, (mean) => (mean < 0 ? more(mean) : 0))).toEqual({
      low: 6.25,
      high: 25,
    });
  });

  it('has no end where the error almost reaches nothing, and cannot be said where it does', () => {
    const more = (mean: number): number => 100 / mean ** 2;
    expect(moreValues({ mean: 3, error: 2.5 }, more)).toEqual({ low: expect.closeTo(3.3, 1), high: null });
    expect(moreValues({ mean: 3, error: 3 }, more)).toBeNull();
    expect(moreValues({ mean: 0, error: 0 }, more)).toBeNull();
    expect(moreValues({ mean: 1e-14, error: 1e-15 }, () => Number.POSITIVE_INFINITY)).toBeNull();
  });
});
