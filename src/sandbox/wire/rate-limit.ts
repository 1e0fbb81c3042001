/** How much a client may send that nobody asked for (docs/protocol.md 1). */
import type { Timers } from '../../time/timers.js';

const defaults = {
  framesPerWindow: 10,
  windowMs: 1_000,
  /** The violation that closes the connection. */
  maxViolations: 5,
} as const;

/** `warn`: over the limit, the client is told. `close`: once too often. */
export type Rated = 'ok' | 'warn' | 'close';

export const rateWarning = `At most ${defaults.framesPerWindow} frames a second are taken, and five illegal actions a round.`;

export interface RateLimit {
  /** Counts one frame. */
  frame(): Rated;
  /** Counts something that is a violation whatever its pace. */
  violation(): Rated;
}

/**
 * Counts frames in a rolling second. It belongs to a participant, not to a connection: it survives a reconnect.
 * Answers to an open turn are not to be counted: without the reveal delay a fast bot rightly gives more of them.
 */
export function createRateLimit(timers: Timers, scaleClock: (ms: number) => number): RateLimit {
  const windowMs = scaleClock(defaults.windowMs);
  let recent: number[] = [];
  let violations = 0;

  const violation = (): Rated => {
    violations += 1;
    return violations < defaults.maxViolations ? 'warn' : 'close';
  };
  return {
    frame() {
      const now = timers.now();
      recent = recent.filter((at) => now - at < windowMs);
      if (recent.length >= defaults.framesPerWindow) return violation();
      recent.push(now);
      return 'ok';
    },
    violation,
  };
}
