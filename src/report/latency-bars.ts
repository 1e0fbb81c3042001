import { addLatency, emptyHistogram, summarizeLatency } from '../time/latency.js';

export interface LatencyView {
  /** Upper ends of the bars in ms; the last bar has no end. */
  ends: readonly number[];
  /** Decisions that the bot made, by bar. */
  bot: number[];
  /** Decisions that were answered for it, by bar. */
  agent: number[];
  count: number;
  p50: number;
  p95: number;
  max: number;
  /** The clock of the newest turn in ms; null before the first. */
  budgetMs: number | null;
}

/** Upper ends of the bars in ms, three for each power of ten. */
const ends = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

export interface LatencyBars {
  add(latencyMs: number, byBot: boolean): void;
  budget(clockMs: number): void;
  view(): LatencyView;
}

/** Counts decision latencies in bars, in constant memory. */
export function createLatencyBars(): LatencyBars {
  const bot = [...ends, 0].map(() => 0);
  const agent = bot.map(() => 0);
  let histogram = emptyHistogram;
  let budgetMs: number | null = null;

  return {
    add(latencyMs, byBot) {
      const found = ends.findIndex((end) => latencyMs <= end);
      const bar = found < 0 ? ends.length : found;
      const counts = byBot ? bot : agent;
      counts[bar] = (counts[bar] ?? 0) + 1;
      histogram = addLatency(histogram, latencyMs);
    },
    budget(clockMs) {
      budgetMs = clockMs;
    },
    view() {
      const { count, p50, p95, max } = summarizeLatency(histogram);
      return { ends, bot: [...bot], agent: [...agent], count, p50, p95, max, budgetMs };
    },
  };
}
