/** Quantiles of values that are at hand. */

/**
 * The value below which the share `p` of the values lies, between two of them in proportion; null when there are none.
 *
 * @param sorted from the smallest to the largest.
 */
export function quantileOf(sorted: readonly number[], p: number): number | null {
  if (sorted.length === 0) return null;
  const place = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const before = Math.floor(place);
  const low = sorted[before] as number;
  const high = sorted[Math.min(before + 1, sorted.length - 1)] as number;
  return low + (place - before) * (high - low);
}
