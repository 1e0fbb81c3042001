const defaults = {
  /** The fastest of so many frames at least, and of twice as many at most, is what the others are compared with. */
  framesPerWindow: 64,
} as const;

/**
 * How late frames arrive, compared with the fastest of late. What `server_ts` says is never taken for our time: the
 * difference of the two clocks is in every frame alike, and drops out however large it is.
 */
export interface Arrivals {
  /** @returns how much longer this frame was on its way (or waited for our thread) than the fastest of late, in ms. */
  heard(serverTs: number): number;
}

/** @param now epoch milliseconds that do not jump. */
export function watchArrivals(now: () => number): Arrivals {
  let frames = 0;
  // Two windows, so that a clock that drifts or is set does not count for ever.
  let older = Number.POSITIVE_INFINITY;
  let newer = Number.POSITIVE_INFINITY;
  return {
    heard(serverTs) {
      const difference = now() - serverTs;
      if (frames === defaults.framesPerWindow) {
        older = newer;
        newer = Number.POSITIVE_INFINITY;
        frames = 0;
      }
      frames += 1;
      newer = Math.min(newer, difference);
      return difference - Math.min(older, newer);
    },
  };
}
