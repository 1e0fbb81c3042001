import { expect, it } from 'vitest';
import { alphaEach, pairings } from '../../src/statistics/comparisons.js';

it('four bots make six comparisons in a round robin, and three in a gauntlet', () => {
  expect(pairings(4, 'round robin')).toBe(6);
  expect(pairings(4, 'gauntlet')).toBe(3);
});

it('each comparison gets its part', () => {
  expect(alphaEach(0.05, 6)).toBeCloseTo(0.00833, 5);
  // Uncorrected one of six would be wrong in more than a quarter of all runs.
  expect(1 - (1 - 0.05) ** 6).toBeCloseTo(0.265, 3);
  expect(1 - (1 - alphaEach(0.05, 6)) ** 6).toBeLessThan(0.05);
  expect(() => alphaEach(0.05, 1.5)).toThrow(RangeError);
});
