import { expect, it } from 'vitest';
import { createStars } from '../../src/review/stars.js';
import type { Estimate } from '../../src/statistics/mean-interval.js';

/** Of a mean that is 2.2 errors from 0. */
const estimate = (level = 0.95): Estimate => {
  const reach = level > 0.96 ? 2.6 : 1.96;
  return { value: 2.2, error: 1, interval: { low: 2.2 - reach, high: 2.2 + reach } };
};

it('the only figure that is looked at has a star at the usual level', () => {
  const stars = createStars();
  const figure = stars.figure({ n: 30, isTested: true }, estimate);
  expect(stars.settle()).toBe(1);
  expect(figure).toMatchObject({ n: 30, value: 2.2, error: 1, hasStar: true });
});

it('of several each has to show more', () => {
  const stars = createStars();
  const figures = [1, 2, 3].map(() => stars.figure({ n: 100, isTested: true }, estimate));
  expect(stars.settle()).toBe(3);
  expect(figures.map(({ hasStar }) => hasStar)).toEqual([false, false, false]);
});

it('figures of which 0 means nothing, and those of fewer than 30 values, have none and count for none', () => {
  const stars = createStars();
  const figures = [
    stars.figure({ n: 29, isTested: true }, estimate),
    stars.figure({ n: 100, isTested: false }, estimate),
    stars.figure({ n: 100, isTested: true }, () => ({ value: 2, error: null, interval: null })),
  ];
  expect(stars.settle()).toBe(1);
  expect(figures.map(({ hasStar }) => hasStar)).toEqual([false, false, false]);
});
