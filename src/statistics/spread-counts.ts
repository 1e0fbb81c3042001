/**
 * Whether enough values make up a spread for a test to go by it. Where most deals come out level, or a few large ones outweigh all
 * others, the spread so far is too small as a rule, and the test would end far too often on the wrong side.
 */

const defaults = {
  /** Values that are not 0. */
  leastUneven: 30,
  /** How many values of one size would spread alike: squared deviations, summed and squared, over their squares summed. */
  leastAlike: 5,
} as const;

export interface SpreadCounts {
  add(value: number): void;
  isKnown(): boolean;
}

export function createSpreadCounts(): SpreadCounts {
  let [n, uneven, sum, squares, cubes, fourths] = [0, 0, 0, 0, 0, 0];
  return {
    add(value) {
      const square = value * value;
      n += 1;
      if (value !== 0) uneven += 1;
      sum += value;
      squares += square;
      cubes += square * value;
      fourths += square * square;
    },
    isKnown() {
      if (uneven < defaults.leastUneven) return false;
      const mean = sum / n;
      const second = squares - n * mean * mean;
      const fourth = fourths - 4 * mean * cubes + 6 * mean * mean * squares - 3 * n * mean ** 4;
      return second * second >= defaults.leastAlike * fourth;
    },
  };
}
