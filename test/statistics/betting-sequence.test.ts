import { describe, expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import { BettingSequence } from '../../src/statistics/betting-sequence.js';

const filled = (values: readonly number[], bound = 100, alpha = 0.05): BettingSequence => {
  const sequence = new BettingSequence({ bound, alpha });
  for (const value of values) sequence.add(value);
  return sequence;
};

describe('a sequence of bets', () => {
  it('knows nothing before the first value but the bounds', () => {
    expect(filled([]).interval()).toEqual({ low: -100, high: 100 });
    expect(filled([]).side).toBe(0);
  });

  it('needs less than half of what a cut empirical Bernstein sequence does where nothing ever differs', () => {
    const sequence = filled(Array.from({ length: 12_200 }, () => 0));
    // With bets cut at one half +-5 bb/100 take 29,511 values; no bet at all can do with fewer than 7,376.
    expect(sequence.interval().high).toBeLessThan(0.05);
    expect(filled(Array.from({ length: 7370 }, () => 0)).interval().high).toBeGreaterThan(0.05);
  });

  it('is what its definition says', () => {
    const values = [3, -1, 0, 4, -2, 5, 1, 0, -3, 6, 12, -8, 40];
    const { low, high } = filled(values, 50, 0.2).interval();
    const capital = (m: number, sign: number): number => {
      let sum = 0;
      for (let step = 0; step < 11; step += 1) {
        let log = 0;
        for (const value of values) log += Math.log1p((2 ** -step * (sign * value - m)) / (50 + m));
        sum += Math.exp(log) / 11;
      }
      return sum;
    };
    // The grid of the values widens the bounds a little.
    expect(capital(low, 1)).toBeGreaterThanOrEqual(10);
    expect(capital(low + 0.02, 1)).toBeLessThan(10);
    expect(capital(-high, -1)).toBeGreaterThanOrEqual(10);
    expect(capital(-high + 0.02, -1)).toBeLessThan(10);
  });

  it('says the same whatever the order of the values', () => {
    const values = [40, -3, 0.25, 7, 7, -60, 55, 100, -20, 20, 33, 12.5, 8];
    const sorted = filled(values.toSorted((a, b) => a - b)).interval();
    const { low, high } = filled(values).interval();
    expect(low).toBeCloseTo(sorted.low, 4);
    expect(high).toBeCloseTo(sorted.high, 4);
  });

  it('is mirrored when all signs are', () => {
    const values = [10, -3, 0.25, 7, 7, -60, 55, 100, -100, 20];
    const { low, high } = filled(values).interval();
    const mirrored = filled(values.map((value) => -value)).interval();
    expect(mirrored.low).toBeCloseTo(-high, 9);
    expect(mirrored.high).toBeCloseTo(-low, 9);
  });

  it('holds a side that it once knew, and its interval with it', () => {
    const sequence = filled(Array.from({ length: 20 }, () => 100));
    expect(sequence.side).toBe(1);
    for (let n = 0; n < 20; n += 1) sequence.add(-100);
    expect(sequence.side).toBe(1);
    expect(sequence.interval().low).toBeGreaterThanOrEqual(0);
  });

  it('has an empty interval where values contradict each other', () => {
    const sequence = filled(Array.from({ length: 400 }, () => 50));
    for (let n = 0; n < 4000; n += 1) sequence.add(-50);
    const { low, high } = sequence.interval();
    expect(low).toBeGreaterThan(high);
  });

  it('refuses values out of its bounds, and bounds that are none', () => {
    expect(() => filled([101])).toThrow(RangeError);
    expect(() => filled([Number.NaN])).toThrow(RangeError);
    expect(() => new BettingSequence({ bound: 0, alpha: 0.05 })).toThrow(RangeError);
  });

  it('takes the largest loss there is', () => {
    const { low, high } = filled([-100, 100, -100, -100]).interval();
    // Who staked all on the other side is out; the others are not.
    expect(low).toBeGreaterThanOrEqual(-100);
    expect(high).toBeLessThan(100);
    expect(high).toBeGreaterThan(-50);
  });

  it('tells how many more values a side takes', () => {
    const sequence = filled([]);
    const more = sequence.moreFor(0.5, 5);
    // Growth at the best share is mean² / (2 deviation²), to a capital of 40, and what spreading it costs.
    expect(more).toBeGreaterThan((Math.log(40) * 2 * 25) / 0.25);
    expect(more).toBeLessThan((Math.log(40 * 11) * 2 * 25.3) / 0.25 + 400);
    for (let n = 0; n < 400; n += 1) sequence.add(n % 2 === 0 ? 5.5 : -4.5);
    expect(sequence.moreFor(0.5, 5)).toBeLessThan(more - 100);
    expect(sequence.moreFor(0, 5)).toBe(Number.POSITIVE_INFINITY);
  });
});

/** Values with mean 0 that test bounds in different ways. */
const nulls: readonly { name: string; bound: number; draw: (share: number) => number }[] = [
  { name: 'a fair coin for everything', bound: 1, draw: (share) => (share < 0.5 ? 1 : -1) },
  { name: 'small losses and a rare large win', bound: 100, draw: (share) => (share < 0.01 ? 99 : -1) },
  { name: 'mostly nothing', bound: 100, draw: (share) => (share < 0.95 ? 0 : share < 0.975 ? 12 : -12) },
];

describe('false alarms of whoever looks after each value', () => {
  it.each(nulls)('are at most 5 %: $name', ({ bound, draw }) => {
    const next = createUint32Stream('null');
    let alarms = 0;
    const duels = 400;
    for (let duel = 0; duel < duels; duel += 1) {
      const sequence = new BettingSequence({ bound, alpha: 0.05 });
      for (let n = 0; n < 500 && sequence.side === 0; n += 1) sequence.add(draw(next() / 2 ** 32));
      if (sequence.side !== 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(0.05 * duels);
  });
});
