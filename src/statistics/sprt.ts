/**
 * The sequential probability ratio test (Wald 1945) of two means, with the spread not known beforehand: the likelihood of each mean is that
 * of a normal distribution with the spread that fits it best (the profile likelihood). Of n values with mean m and mean squared
 * deviation s (divided by n) the log-likelihood ratio is n / 2 · ln((s + (m - low)²) / (s + (m - high)²)).
 */
import type { ValueSums } from './mean-interval.js';

export interface SprtBounds {
  /** What the mean is if nothing is gained. */
  readonly low: number;
  /** What it is if enough is gained; above `low`. */
  readonly high: number;
}

/** Null where the values do not differ: they have no spread to measure by. */
export function profileLikelihoodRatio(
  { n, sum, squares }: ValueSums,
  { low, high }: SprtBounds,
): number | null {
  if (n === 0) return null;
  const mean = sum / n;
  const spread = squares / n - mean * mean;
  if (!(spread > 1e-12 * (squares / n))) return null;
  return (n / 2) * Math.log((spread + (mean - low) ** 2) / (spread + (mean - high) ** 2));
}

/** The log-likelihood ratio at which the test ends, on either side, with this probability of a wrong end. */
export const sprtLimit = (alpha: number): number => Math.log((1 - alpha) / alpha);
