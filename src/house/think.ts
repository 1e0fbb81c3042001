/** Computing for a while without keeping anybody else from this thread. */
import type { Sampler } from './equity.js';

export interface ThinkOptions {
  maxSamples: number;
  /** Time of its own computing, in milliseconds; waiting for others does not count. */
  maxComputeMs: number;
  /** Longest piece without a pause, in milliseconds. */
  pieceMs: number;
  /** When it must be over, waiting included; epoch milliseconds of `now`. */
  until: number;
  signal: AbortSignal;
  now: () => number;
  /** Resolves when this bot may go on. */
  pause: () => Promise<void>;
}

const defaults = {
  /** Between two looks at the clock. */
  samplesAtOnce: 50,
} as const;

/**
 * Deals until the samples or the time are used up, and once at least.
 *
 * @throws the signal's reason when it fires.
 */
export async function think(sampler: Sampler, options: ThinkOptions): Promise<void> {
  const { maxSamples, maxComputeMs, pieceMs, until, signal, now, pause } = options;
  let computedMs = 0;
  for (;;) {
    signal.throwIfAborted();
    const startedAt = now();
    const pieceEnd = Math.min(startedAt + pieceMs, startedAt + maxComputeMs - computedMs, until);
    do {
      sampler.deal(Math.min(defaults.samplesAtOnce, maxSamples - sampler.samples));
    } while (sampler.samples < maxSamples && now() < pieceEnd);
    const stoppedAt = now();
    computedMs += stoppedAt - startedAt;
    if (sampler.samples >= maxSamples || computedMs >= maxComputeMs || stoppedAt >= until) return;
    await pause();
  }
}
