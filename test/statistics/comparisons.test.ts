import { expect, it } from 'vitest';
import { alphaEach } from '../../src/statistics/comparisons.js';

it('each comparison gets its part', () => {
  expect(alphaEach(0.05, 6)).toBeCloseTo(0.00833, 5);
  // Uncorrected one of six would be wrong in more than a quarter of all runs.
  expect(1 - (1 - 0.05) ** 6).toBeCloseTo(0.265, 3);
  expect(1 - (1 - alphaEach(0.05, 6)) ** 6).toBeLessThan(0.05);
  expect(() => alphaEach(0.05, 1.5)).toThrow(RangeError);
});
