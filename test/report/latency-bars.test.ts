import { describe, expect, it } from 'vitest';
import { createLatencyBars } from '../../src/report/latency-bars.js';

describe('the latencies of a match', () => {
  it('stand in the bar that ends above them, by who answered', () => {
    const bars = createLatencyBars();
    bars.budget(2_000);
    for (const ms of [0.3, 1, 1.5, 700]) bars.add(ms, true);
    bars.add(1_800, false);
    bars.add(99_999, false);
    const { bot, agent, count, budgetMs, max } = bars.view();
    expect({ bot, agent, count, budgetMs, max }).toEqual({
      //    1  2  5 10 20 50 .1 .2 .5 1s 2s 5s 10 30 more
      bot: [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
      agent: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
      count: 6,
      budgetMs: 2_000,
      max: 99_999,
    });
  });
});
