/** Computes for a while, and yields this thread in between. */
import type { Sampler } from './spot.js';

export interface ThinkOptions {
  maxSamples: number;
  /** The most computing time, in milliseconds, without the waits. */
  maxComputeMs: number;
  /** The longest piece without a pause, in milliseconds. */
  pieceMs: number;
  /** The end of all, waits included, in epoch milliseconds of `now`. */
  until: number;
  signal: AbortSignal;
  now: () => number;
  /** Resolves when this bot may continue. */
  pause: () => Promise<void>;
}

const defaults = {
  /** Samples between two checks of the clock. */
  samplesAtOnce: 50,
} as const;

/**
 * Deals until the samples or the time are used up, but at least once.
 *
 * @throws the signal's reason when it is aborted.
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
