import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createThinSeries } from '../../src/report/thin-series.js';

const drawn = (values: readonly number[], stretches: number) => {
  const series = createThinSeries<number>(stretches);
  for (const [x, y] of values.entries()) series.add(x, y, -y);
  return series.points();
};

it('keeps every value while there is room', () => {
  expect(drawn([5, 1, 7], 4)).toEqual([
    { x: 0, y: 5, mark: -5 },
    { x: 1, y: 1, mark: -1 },
    { x: 2, y: 7, mark: -7 },
  ]);
});

it('keeps a peak and a low that last for one value of a million', () => {
  const series = createThinSeries<null>(100);
  for (let x = 0; x < 1_000_000; x += 1) series.add(x, x === 654_321 ? 9 : x === 123_456 ? -9 : 0, null);
  const points = series.points();
  expect(points.length).toBeLessThanOrEqual(300);
  expect(points.filter(({ y }) => y !== 0)).toEqual([
    { x: 123_456, y: -9, mark: null },
    { x: 654_321, y: 9, mark: null },
  ]);
  expect(points.at(-1)?.x).toBe(999_999);
});

it('has the lowest, the highest, the first and the last value, in order, in no more room than it has', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 20 }), (list, stretches) => {
      const points = drawn(list, stretches);
      const ys = points.map(({ y }) => y);
      expect(points.length).toBeLessThanOrEqual(3 * stretches);
      expect(Math.min(...ys)).toBe(Math.min(...list));
      expect(Math.max(...ys)).toBe(Math.max(...list));
      expect(points.at(-1)?.x).toBe(list.length - 1);
      for (const { x, y } of points) expect(list[x]).toBe(y);
      expect(points.map(({ x }) => x)).toEqual(
        [...new Set(points.map(({ x }) => x))].toSorted((a, b) => a - b),
      );
    }),
  );
});
