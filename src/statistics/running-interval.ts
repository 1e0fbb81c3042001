/** The intersection of the intervals of a confidence sequence, as each of them holds the true value at the same time. */
import type { Interval } from './interval.js';

const defaults = {
  /** A new interval is made when there are so many times as many values, so that reading costs little. */
  growth: 2,
  first: 32,
} as const;

/**
 * When intervals are made depends on the number of values alone, and so the answer does not depend on who looked when. Where
 * values contradict each other `low` ends above `high`: that is no knowledge of the mean, but of values that are not alike.
 */
export class RunningInterval {
  #interval: Interval;
  #next: number = defaults.first;

  constructor(whole: Interval) {
    this.#interval = whole;
  }

  /** @param n values so far. */
  isDue(n: number): boolean {
    if (n < this.#next) return false;
    this.#next = Math.max(n + 1, Math.ceil(n * defaults.growth));
    return true;
  }

  narrow(interval: Interval): void {
    this.#interval = this.with(interval);
  }

  /** What would be known with this one too. */
  with({ low, high }: Interval): Interval {
    return { low: Math.max(low, this.#interval.low), high: Math.min(high, this.#interval.high) };
  }
}
