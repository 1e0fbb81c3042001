import { describe, expect, it } from 'vitest';
import { RunningInterval } from '../../src/statistics/running-interval.js';

describe('an interval that runs along', () => {
  it('is the intersection of all', () => {
    const running = new RunningInterval({ low: 0, high: 1 });
    running.narrow({ low: 0.2, high: 0.8 });
    running.narrow({ low: 0.1, high: 0.6 });
    expect(running.with({ low: 0, high: 1 })).toEqual({ low: 0.2, high: 0.6 });
  });

  it('shows a contradiction, and does not turn it into certainty', () => {
    const running = new RunningInterval({ low: 0, high: 1 });
    running.narrow({ low: 0.2, high: 0.55 });
    expect(running.with({ low: 0.61, high: 0.9 })).toEqual({ low: 0.61, high: 0.55 });
  });

  it('is due ever more seldom', () => {
    const running = new RunningInterval({ low: 0, high: 1 });
    const due = Array.from({ length: 100_000 }, (_, n) => n + 1).filter((n) => running.isDue(n));
    expect(due.slice(0, 5)).toEqual([32, 64, 128, 256, 512]);
    expect(due.length).toBe(12);
  });
});
