import { describe, expect, it } from 'vitest';
import { createGainLine } from '../../src/report/gain-line.js';

const hand = (net: number, bigBlind = 10) => ({ net, bigBlind });

describe('chips over hands', () => {
  it('are summed hand by hand, in chips and in big blinds of each level', () => {
    const line = createGainLine();
    line.addMatch([hand(30), hand(-10, 20)]);
    const { points, hands, matches, chips, per100, per100Interval } = line.view('all');
    expect({ hands, matches, chips, per100, per100Interval }).toEqual({
      hands: 2,
      matches: 1,
      chips: 20,
      // 3 big blinds less half of one, in two hands.
      per100: 125,
      per100Interval: null,
    });
    expect(points.chips).toEqual({
      hands: [0, 1, 2],
      sum: [0, 30, 20],
      low: [null, null, null],
      high: [null, null, null],
    });
    expect(points.blinds.sum).toEqual([0, 3, 2.5]);
  });

  it('have the interval of matches: of two, Student has 12.7 errors', () => {
    const line = createGainLine();
    line.addMatch([hand(10), hand(30)]);
    line.addMatch([hand(0), hand(-20)]);
    // Means 20 and -10: 5 a hand, with an error of 15; the sum of 4 hands is 20.
    const { low, high, sum } = line.view('all').points.chips;
    expect(sum.at(-1)).toBe(20);
    expect(low.at(-1)).toBeCloseTo(20 - 4 * 15 * 12.7062, 0);
    expect(high.at(-1)).toBeCloseTo(20 + 4 * 15 * 12.7062, 0);
  });

  it('leave hands without a level out of big blinds, and matches without a hand out of all', () => {
    const line = createGainLine();
    line.addMatch([]);
    line.addMatch([hand(50, 0), hand(10)]);
    const { matches, chips, per100 } = line.view('all');
    expect({ matches, chips, per100 }).toEqual({ matches: 1, chips: 60, per100: 100 });
  });
});
