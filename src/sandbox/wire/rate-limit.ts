/** The limit of unsolicited frames from a client (docs/protocol.md 1). */
import type { Timers } from '../../time/timers.js';

const defaults = {
  framesPerWindow: 10,
  windowMs: 1_000,
  /** The number of violations that closes the connection. */
  maxViolations: 5,
} as const;

/** `warn`: over the limit; the client gets an error. `close`: over the limit too often. */
export type Rated = 'ok' | 'warn' | 'close';

export const rateWarning = `At most ${defaults.framesPerWindow} frames a second are taken, and five illegal actions a round.`;

export interface RateLimit {
  /** True while one frame more would be a violation. Counts nothing. */
  readonly isUsedUp: boolean;
  /** Counts one frame. */
  frame(): Rated;
  /** Counts something that is always a violation. */
  violation(): Rated;
}

/**
 * Counts frames in a rolling second. It belongs to a participant, not to a connection: it survives a reconnect. Do
 * not count answers to an open turn: without the reveal delay a fast bot legitimately sends more of them.
 */
export function createRateLimit(timers: Timers, scaleClock: (ms: number) => number): RateLimit {
  const windowMs = scaleClock(defaults.windowMs);
  let recent: number[] = [];
  let violations = 0;

  const violation = (): Rated => {
    violations += 1;
    return violations < defaults.maxViolations ? 'warn' : 'close';
  };
  const isUsedUp = () => {
    if (recent.length < defaults.framesPerWindow) return false;
    const now = timers.now();
    recent = recent.filter((at) => now - at < windowMs);
    return recent.length >= defaults.framesPerWindow;
  };
  return {
    get isUsedUp() {
      return isUsedUp();
    },
    frame() {
      if (isUsedUp()) return violation();
      recent.push(timers.now());
      return 'ok';
    },
    violation,
  };
}
