/** The normal distribution and Student's t. Formulas: NIST Digital Library of Mathematical Functions, 7.6 and 7.9. */
import { betaQuantile } from './beta-distribution.js';

const defaults = {
  /** Standard deviations: within them the series is used, beyond them the continued fraction. */
  seriesUpTo: 3,
  fractionSteps: 200,
  maxSteps: 100,
  /** Degrees of freedom from which t is the normal distribution to eight digits. */
  normalFrom: 1e9,
} as const;

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The share of the standard normal distribution below `x`. */
export function normalCdf(x: number): number {
  if (x < -defaults.seriesUpTo) return tail(-x);
  if (x > defaults.seriesUpTo) return 1 - tail(x);
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

/** What lies above `x`, which is well above 0. */
function tail(x: number): number {
  let rest = x;
  for (let n = defaults.fractionSteps; n >= 1; n -= 1) rest = x + n / rest;
  return density(x) / rest;
}

/** The `x` below which the share `p` of the standard normal distribution lies. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  let low = -40;
  let high = 0;
  let x = -1;
  for (let step = 0; step < defaults.maxSteps; step += 1) {
    const over = normalCdf(x) - p;
    if (over > 0) high = x;
    else low = x;
    const newton = x - over / density(x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 2 * Number.EPSILON * Math.abs(x)) return next;
    x = next;
  }
  return x;
}

/** The same of Student's t; 0 degrees of freedom know no bounds. */
export function studentQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  if (p === 0.5) return 0;
  if (degrees <= 0) return Number.POSITIVE_INFINITY;
  if (degrees >= defaults.normalFrom) return normalQuantile(p);
  // DLMF 8.17: t² / (t² + degrees) has the beta distribution with shapes 1/2 and degrees / 2.
  const share = betaQuantile(2 * p - 1, 0.5, degrees / 2);
  return Math.sqrt((degrees * share) / (1 - share));
}
