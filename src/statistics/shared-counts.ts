/** Values between two bounds, counted on a fixed grid: of one size however many values there are. */

const defaults = { gridSteps: 2048 } as const;

export interface GridPoint {
  readonly at: number;
  readonly count: number;
}

/**
 * Each value is shared between the two points of the grid beside it, in proportion. A sum over the points of a concave function
 * is then never more than the sum over the values, as a chord lies below the curve: what is proved with it holds.
 */
export class SharedCounts {
  readonly #counts = new Float64Array(defaults.gridSteps + 1);
  readonly #bound: number;

  /** @param bound values are from -bound to bound. */
  constructor(bound: number) {
    this.#bound = bound;
  }

  add(value: number): void {
    const place = ((value / this.#bound + 1) / 2) * defaults.gridSteps;
    const before = Math.min(defaults.gridSteps - 1, Math.max(0, Math.floor(place)));
    const beyond = place - before;
    this.#counts[before] = (this.#counts[before] ?? 0) + 1 - beyond;
    this.#counts[before + 1] = (this.#counts[before + 1] ?? 0) + beyond;
  }

  /** The points that count, with their counts. */
  points(): GridPoint[] {
    const points: GridPoint[] = [];
    for (const [index, count] of this.#counts.entries())
      if (count > 0) points.push({ at: this.#bound * ((2 * index) / defaults.gridSteps - 1), count });
    return points;
  }
}
