import { expect, it } from 'vitest';
import { normalCdf, normalQuantile, studentQuantile } from '../../src/statistics/normal-distribution.js';

const isNear = (value: number, right: number, within: number): void =>
  expect(Math.abs(value / right - 1)).toBeLessThan(within);

/** Values of scipy.special 1.17.1 (ndtr, ndtri). */
it.each([
  [-8, 6.22096057427174e-16],
  [-3.5, 0.00023262907903552502],
  [-1, 0.15865525393145707],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [2.9, 0.998134186699616],
  [3.1, 0.9990323967867817],
])('below %f standard deviations lie %f of the normal distribution', (x, share) => {
  isNear(normalCdf(x), share, 1e-12);
});

it.each([
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.8, 0.8416212335729143],
  [1e-10, -6.361340902404056],
])('%f of the normal distribution lie below %f', (p, x) => {
  isNear(normalQuantile(p), x, 1e-12);
});

it('the middle is 0, and the ends have no bounds', () => {
  expect([normalQuantile(0.5), normalQuantile(0), normalQuantile(1)]).toEqual([
    0,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
});

/** Values of scipy.stats 1.17.1 (t.ppf). */
it.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 10, 2.228138851986274],
  [0.975, 99, 1.9842169515864174],
  [0.975, 1e6, 1.959966356814107],
  [0.025, 10, -2.228138851986274],
  [0.995, 5, 4.032142983555228],
  [0.9999, 3, 22.203742273205],
])('%f of t with %d degrees of freedom lie below %f', (p, degrees, x) => {
  isNear(studentQuantile(p, degrees), x, 1e-9);
});

it('t without degrees of freedom knows no bounds, and with endless ones is normal', () => {
  expect(studentQuantile(0.975, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(studentQuantile(0.5, 3)).toBe(0);
  isNear(studentQuantile(0.975, 1e12), 1.959963984540054, 1e-12);
});
