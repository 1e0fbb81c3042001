import { describe, expect, it } from 'vitest';
import { noValues, type ValueSums, withValue } from '../../src/statistics/mean-interval.js';
import { profileLikelihoodRatio, sprtLimit } from '../../src/statistics/sprt.js';

const sums = (values: readonly number[]): ValueSums => values.reduce(withValue, noValues);

describe('the test of two means', () => {
  it('has the profile likelihood', () => {
    const ratio = profileLikelihoodRatio(sums([3, -1, 0, 4, -2, 5, 1, 0, -3, 6]), { low: 0, high: 1 });
    expect(ratio).toBeCloseTo(0.8623, 4);
    const even = sums([12, -8, 0, 0, 20, -4, -15, 9, 0, 31, -22, 7]);
    expect(profileLikelihoodRatio(even, { low: 0, high: 5 })).toBe(0);
  });

  it('ends at ln 19 with 5 % on either side', () => {
    expect(sprtLimit(0.05)).toBeCloseTo(2.9444, 4);
  });

  it('has none for values without spread', () => {
    expect(profileLikelihoodRatio(noValues, { low: 0, high: 1 })).toBeNull();
    expect(profileLikelihoodRatio(sums([0, 0, 0]), { low: 0, high: 1 })).toBeNull();
    expect(profileLikelihoodRatio(sums([0.1, 0.1, 0.1]), { low: 0, high: 1 })).toBeNull();
  });

  it('is hardly moved by one outlier', () => {
    // A spread of 8 bb, 0 against 5 bb/100, and one deal at +100 bb a hand.
    const many = sums(Array.from({ length: 10_000 }, (_, n) => (n % 2 === 0 ? 8 : -8)));
    const bounds = { low: 0, high: 0.05 };
    const before = profileLikelihoodRatio(many, bounds) ?? Number.NaN;
    const after = profileLikelihoodRatio(withValue(many, 100), bounds) ?? Number.NaN;
    expect(after - before).toBeGreaterThan(0.05);
    expect(after - before).toBeLessThan(0.08);
  });
});
