import { expect, it } from 'vitest';
import { createLatencyLine } from '../../src/report/latency-line.js';

it('tells each decision while there is room, with its clock', () => {
  const line = createLatencyLine();
  line.add(4, 5_000);
  line.add(90, null);
  expect(line.view()).toEqual({ decisions: [1, 2], half: [4, 90], slowest: [4, 90], clock: [5_000, null] });
});

it('keeps the slowest decision of many, and the shortest clock', () => {
  const line = createLatencyLine();
  for (let n = 0; n < 100_000; n += 1) line.add(n === 77_777 ? 4_321 : 10, n === 5 ? 2_000 : 5_000);
  const { decisions, slowest, half, clock } = line.view();
  expect(decisions.length).toBeLessThanOrEqual(240);
  expect(decisions.at(-1)).toBe(100_000);
  expect(slowest.filter((ms) => ms > 10)).toEqual([4_321]);
  // The histogram is right to a quarter.
  expect(Math.min(...half)).toBe(10);
  expect(Math.max(...half)).toBeLessThan(12.5);
  expect(clock[0]).toBe(2_000);
  expect(new Set(clock.slice(1))).toEqual(new Set([5_000]));
});
