import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, logBeta } from '../../src/statistics/beta-distribution.js';

/** Values of scipy.special 1.17.1 (betaincinv). */
const quantiles = [
  [0.025, 0.5, 40.5, 1.2199306575186339e-5],
  [0.975, 0.5, 40.5, 0.060497975214079576],
  [0.975, 40.5, 0.5, 0.9999878006934249],
  [0.025, 1, 41, 0.0006173168932865189],
  [0.025, 2, 3, 0.06758598648854294],
  [0.5, 0.5, 0.5, 0.5],
  [0.025, 1e3, 1e3, 0.4780947196206838],
  [0.025, 1e5, 1e5, 0.49780870143169204],
  [0.025, 5e6, 5e6, 0.4996901025058617],
  [0.975, 3, 1e7, 7.224684335744816e-7],
  [0.975, 1e7, 3, 0.9999999381327959],
  [0.025, 1e9, 1e9, 0.4999780869364934],
  [1e-10, 100, 200, 0.17955527642870817],
  [0.975, 2.5e5, 1.2e7, 0.020487415407890477],
] as const;

describe('the beta distribution', () => {
  it.each(quantiles)('has %f of Beta(%d, %d) below %f', (p, a, b, x) => {
    expect(Math.abs(betaQuantile(p, a, b) / x - 1)).toBeLessThan(2e-10);
    expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 8);
  });

  it('is a polynomial for whole shapes', () => {
    // The chance of two hits or more of six, each with 0.3.
    expect(betaCdf(0.3, 2, 5)).toBeCloseTo(0.579825, 14);
    expect(betaCdf(0.7, 5, 2)).toBeCloseTo(1 - 0.579825, 14);
    expect(betaCdf(0.25, 1, 1)).toBeCloseTo(0.25, 14);
  });

  it('agrees with scipy in the tails', () => {
    expect(betaCdf(1e-6, 0.5, 1e6)).toBeCloseTo(0.842700844838196, 9);
    expect(betaCdf(0.999, 300, 2)).toBeCloseTo(0.962919141802929, 12);
  });

  it.each([1e5, 1e6, 1e8])('is even where both shapes are %d', (shape) => {
    expect(betaCdf(0.5, shape, shape)).toBeCloseTo(0.5, 9);
  });

  it('has the upper bound of 0 of 1,000 for an alpha of 1e-7', () => {
    // Clopper and Pearson: 1 - (alpha / 2)^(1 / 1000).
    expect(betaQuantile(1 - 5e-8, 1, 1000)).toBeCloseTo(0.0166707, 7);
    expect(-Math.expm1(Math.log(5e-8) / 1000)).toBeCloseTo(0.0166707, 7);
  });

  it('has the logarithm of its function', () => {
    expect(logBeta(1, 1)).toBeCloseTo(0, 14);
    expect(logBeta(3, 4)).toBeCloseTo(Math.log(1 / 60), 13);
    expect(logBeta(0.5, 0.5)).toBeCloseTo(Math.log(Math.PI), 13);
    expect(logBeta(1e6, 1e6)).toBeCloseTo(-1386300.0033629201, 6);
  });

  it('ends at 0 and 1', () => {
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaCdf(-1, 2, 3)]).toEqual([0, 1, 0]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
  });
});
