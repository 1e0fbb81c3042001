import { describe, expect, it } from 'vitest';
import { createChipSeries } from '../../src/dashboard/chip-series.js';

describe('the chips of a match', () => {
  it('are one line for each seat, and a hand that is told again replaces itself', () => {
    const series = createChipSeries();
    series.add(0, [100, 100]);
    series.add(1, [90, 110]);
    series.add(1, [80, 120]);
    expect(series.view()).toEqual({
      hands: [0, 1],
      stacks: [
        [100, 80],
        [100, 120],
      ],
    });
  });

  it('of a long match are thinned out, with the first and the last hand kept', () => {
    const series = createChipSeries();
    for (let hand = 0; hand <= 10_000; hand += 1) series.add(hand, [hand, 1]);
    const { hands, stacks } = series.view();
    expect(hands.length).toBeLessThanOrEqual(1_024);
    expect(hands.length).toBeGreaterThan(400);
    expect([hands[0], hands.at(-1)]).toEqual([0, 10_000]);
    expect(stacks[0]).toEqual(hands);
  });
});
