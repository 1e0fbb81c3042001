import { expect, it } from 'vitest';
import { createSpreadCounts } from '../../src/statistics/spread-counts.js';

const isKnown = (values: readonly number[]): boolean => {
  const spread = createSpreadCounts();
  for (const value of values) spread.add(value);
  return spread.isKnown();
};

const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

it.each<[string, number[], boolean]>([
  ['of nothing', [], false],
  ['of 29 that did not come out level among many that did', [...times(970, 0), ...times(29, -1)], false],
  ['of 30', [...times(970, 0), ...times(30, -1)], true],
  ['of four large ones among many small ones', [...times(800, -0.5), ...times(4, 100)], false],
  ['of six', [...times(1_200, -0.5), ...times(6, 100)], true],
  ['of as many to either side', [...times(50, 3), ...times(50, -3)], true],
  ['of one that is alone', [...times(99, 1), -80], false],
])('a spread is known, or is not: %s', (_, values, known) => {
  expect(isKnown(values)).toBe(known);
});
