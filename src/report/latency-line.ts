/** How long decisions took, one after the other, beside the clock that each had. */
import { addLatency, emptyHistogram, type LatencyHistogram, summarizeLatency } from '../time/latency.js';

const defaults = { stretches: 240 } as const;

/** As many numbers in each list. Milliseconds. */
export interface LatencyLineView {
  /** Decisions so far. */
  readonly decisions: readonly number[];
  /** Of the decisions since the point before. */
  readonly half: readonly number[];
  readonly slowest: readonly number[];
  /** The shortest clock that was known; null: none was. */
  readonly clock: readonly (number | null)[];
}

export interface LatencyLine {
  /** @param clockMs null: not known. */
  add(latencyMs: number, clockMs: number | null): void;
  view(): LatencyLineView;
}

interface Stretch {
  count: number;
  histogram: LatencyHistogram;
  clock: number | null;
}

/** When there are too many stretches each two become one. */
export function createLatencyLine(): LatencyLine {
  let all: Stretch[] = [];
  let size = 1;

  function halve(): void {
    const halved: Stretch[] = [];
    for (let index = 0; index < all.length; index += 2) {
      const [one, other] = [all[index] as Stretch, all[index + 1]];
      halved.push(other === undefined ? one : joined(one, other));
    }
    all = halved;
    size *= 2;
  }

  return {
    add(latencyMs, clockMs) {
      let open = all.at(-1);
      if (open === undefined || open.count >= size) {
        if (all.length >= defaults.stretches) halve();
        open = all.at(-1);
      }
      if (open === undefined || open.count >= size) {
        open = { count: 0, histogram: emptyHistogram, clock: null };
        all.push(open);
      }
      open.count += 1;
      open.histogram = addLatency(open.histogram, latencyMs);
      open.clock = shorter(open.clock, clockMs);
    },
    view() {
      let decisions = 0;
      const points = all.map(({ count, histogram, clock }) => {
        decisions += count;
        const { p50, max } = summarizeLatency(histogram);
        return { decisions, p50, max, clock };
      });
      return {
        decisions: points.map((point) => point.decisions),
        half: points.map(({ p50 }) => p50),
        slowest: points.map(({ max }) => max),
        clock: points.map(({ clock }) => clock),
      };
    },
  };
}

function shorter(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function joined(one: Stretch, other: Stretch): Stretch {
  const [short, long] = [one.histogram.counts, other.histogram.counts].toSorted(
    (a, b) => a.length - b.length,
  );
  return {
    count: one.count + other.count,
    histogram: {
      counts: (long ?? []).map((count, bucket) => count + (short?.[bucket] ?? 0)),
      maxMs: Math.max(one.histogram.maxMs, other.histogram.maxMs),
    },
    clock: shorter(one.clock, other.clock),
  };
}
