/** The least number from which on something holds, found by doubling and halving. */

const defaults = { farthest: 1e12, precision: 1e-6 } as const;

/**
 * @param isEnough false up to a number, true beyond it.
 * @returns infinity when it is never true.
 */
export function fewest(isEnough: (n: number) => boolean): number {
  let [low, high] = [0, 1];
  while (!isEnough(high)) {
    if (high > defaults.farthest) return Number.POSITIVE_INFINITY;
    [low, high] = [high, high * 2];
  }
  while (high - low > defaults.precision * high) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
