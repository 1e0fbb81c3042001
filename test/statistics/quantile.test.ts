import { expect, it } from 'vitest';
import { quantileOf } from '../../src/statistics/quantile.js';

it('lies between two values in proportion', () => {
  const sorted = [1, 2, 4, 8];
  expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantileOf(sorted, p))).toEqual([1, 1.75, 3, 5, 8]);
});

it('is the value where there is one, and null where there is none', () => {
  expect([quantileOf([], 0.5), quantileOf([7], 0.1), quantileOf([7], 1)]).toEqual([null, 7, 7]);
});

it('ends at the smallest and the largest', () => {
  expect([quantileOf([1, 2], -1), quantileOf([1, 2], 2)]).toEqual([1, 2]);
});
