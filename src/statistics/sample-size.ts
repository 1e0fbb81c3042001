/** How many values a question takes. */
import { normalQuantile } from './normal-distribution.js';

/** For a test at one time, fixed beforehand, that finds such a mean with probability one half. */
export function fixedSampleSize({
  mean,
  deviation,
  alpha,
}: {
  readonly mean: number;
  readonly deviation: number;
  readonly alpha: number;
}): number {
  return mean === 0 ? Number.POSITIVE_INFINITY : (normalQuantile(1 - alpha / 2) * (deviation / mean)) ** 2;
}

/** What may still be to come: from `low` to `high` values more. */
export interface MoreValues {
  readonly low: number;
  /** Null: no number can be said. */
  readonly high: number | null;
}

const defaults = {
  /** A range whose ends are farther apart than this has no upper one. */
  widest: 30,
} as const;

/**
 * How many more values it takes at this rate, for means a standard error above and below the one so far.
 *
 * @param moreFor how many more it takes for such a mean.
 * @returns null where the mean is within a standard error of nothing: then no number can be said.
 */
export function moreValues(
  { mean, error }: { readonly mean: number; readonly error: number },
  moreFor: (mean: number) => number,
): MoreValues | null {
  const [size, sign] = [Math.abs(mean), Math.sign(mean)];
  if (!(size > error)) return null;
  const low = moreFor(sign * (size + error));
  if (low === Number.POSITIVE_INFINITY) return null;
  const high = moreFor(sign * (size - error));
  return { low, high: high <= defaults.widest * Math.max(1, low) ? Math.max(low, high) : null };
}
