/** Many comparisons at once: the chance that one of them is wrong is the sum of theirs at most (Bonferroni). */

/** What each comparison may be wrong with, so that all of them together are wrong with `alpha` at most. */
export function alphaEach(alpha: number, comparisons: number): number {
  if (!Number.isInteger(comparisons) || comparisons < 1)
    throw new RangeError(`Comparisons are counted from 1, not ${comparisons}.`);
  return alpha / comparisons;
}
