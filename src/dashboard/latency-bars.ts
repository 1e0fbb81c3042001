import type { LatencyView } from './view.js';

/** Upper ends of the bars in ms, three for each power of ten. */
const ends = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

export interface LatencyBars {
  add(latencyMs: number, byBot: boolean): void;
  budget(clockMs: number): void;
  view(): LatencyView;
}

/** Decision latencies as bars: of constant size, however many there are. */
export function createLatencyBars(): LatencyBars {
  const bot = [...ends, 0].map(() => 0);
  const agent = bot.map(() => 0);
  let count = 0;
  let max = 0;
  let budgetMs: number | null = null;

  /** The upper end of the bar in which this share of all decisions is reached, but no more than the largest. */
  function percentile(share: number): number {
    let seen = 0;
    for (const [bar, end] of ends.entries()) {
      seen += (bot[bar] ?? 0) + (agent[bar] ?? 0);
      if (count > 0 && seen >= share * count) return Math.min(end, max);
    }
    return max;
  }

  return {
    add(latencyMs, byBot) {
      const found = ends.findIndex((end) => latencyMs <= end);
      const bar = found < 0 ? ends.length : found;
      const counts = byBot ? bot : agent;
      counts[bar] = (counts[bar] ?? 0) + 1;
      count += 1;
      max = Math.max(max, latencyMs);
    },
    budget(clockMs) {
      budgetMs = clockMs;
    },
    view: () => ({
      ends,
      bot: [...bot],
      agent: [...agent],
      count,
      p50: percentile(0.5),
      p95: percentile(0.95),
      max,
      budgetMs,
    }),
  };
}
