/** What is known of a figure: the bounds between which it lies. */

export const statisticsDefaults = {
  /** The share of intervals that hold the true value. */
  level: 0.95,
} as const;

/** Two bounds, which both belong to it; in the unit of the figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
