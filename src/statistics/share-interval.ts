/** Intervals of shares, such as folds of bets faced. None of them is zero wide at 0 of n or n of n. */
import { betaQuantile } from './beta-distribution.js';
import { type Interval, statisticsDefaults } from './interval.js';
import { normalQuantile } from './normal-distribution.js';

const { level: usualLevel } = statisticsDefaults;

/**
 * The interval of a beta distribution with equal tails: what is thought of a share after `hits` of `n`, when before it was
 * thought of as Beta(`prior.hits`, `prior.misses`).
 *
 * @param n may be an effective number, with `hits` scaled alike.
 * @param prior default: Jeffreys's, one half each. At 0 of n the lower bound is 0 then, and at n of n the upper one is 1.
 */
export function betaInterval(
  hits: number,
  n: number,
  { level = usualLevel, prior }: { level?: number; prior?: { hits: number; misses: number } } = {},
): Interval {
  const a = hits + (prior?.hits ?? 0.5);
  const b = n - hits + (prior?.misses ?? 0.5);
  const tail = (1 - level) / 2;
  const isPlain = prior === undefined;
  return {
    low: isPlain && hits <= 0 ? 0 : betaQuantile(tail, a, b),
    high: isPlain && hits >= n ? 1 : betaQuantile(1 - tail, a, b),
  };
}

/** Wilson's interval of a share; from 0 to 1 where nothing was counted. */
export function wilsonInterval(hits: number, n: number, level: number = usualLevel): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = hits / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const middle = share + (z * z) / (2 * n);
  const scale = 1 + (z * z) / n;
  return {
    low: hits <= 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: hits >= n ? 1 : Math.min(1, (middle + spread) / scale),
  };
}
