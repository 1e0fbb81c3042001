import type { WorldClock } from './clock.js';
import { nodeDelayMs } from './max-timer.js';

/**
 * A clock that a test controls. It jumps from timer to timer, so that a timer that is set by another one fires in
 * order, and hours pass in no time. Timers that are due in the same instant fire in the order in which they were set.
 * A delay counts as in Node: fractions of a millisecond are dropped, and NaN, infinite ones and those of more than
 * 2^31 - 1 milliseconds are one millisecond. Only zero and less is zero, where Node waits one.
 */
export interface VirtualClock extends WorldClock {
  setTimeout(fn: (...args: unknown[]) => void, timeoutMs: number): number;
  clearTimeout(id: unknown): void;
  /** The time, in epoch milliseconds. */
  now(): number;
  /** Lets this much time pass, firing what comes due in order. */
  advance(ms: number): void;
  /** Lets time pass on this thread without a timer firing: what a blocking bot does. */
  block(ms: number): void;
  /** The number of timers that are set. */
  pending(): number;
  /** Milliseconds until the next timer fires; null when no timer is set. */
  untilNext(): number | null;
}

/** Thrown when time would pass that is none; the clock is as it was. */
export class VirtualTimeError extends RangeError {
  override readonly name = 'VirtualTimeError';
  readonly code = 'time_invalid';
}

/**
 * @param startMs epoch milliseconds at its start.
 * @throws {VirtualTimeError} for what is no time; `advance` and `block` do so, too.
 */
export function createVirtualClock(startMs = 1_700_000_000_000): VirtualClock {
  let time = checked('createVirtualClock', startMs);
  let nextId = 1;
  const timers = new Map<number, { at: number; fn: (...args: unknown[]) => void }>();

  const nextDue = (until: number): number | undefined => {
    let found: number | undefined;
    let at = until;
    for (const [id, timer] of timers) {
      if (timer.at < at || (timer.at <= until && found === undefined)) {
        found = id;
        at = timer.at;
      }
    }
    return found;
  };

  return {
    setTimeout(fn, timeoutMs) {
      const id = nextId++;
      const isDueAtOnce = timeoutMs <= 0 && timeoutMs > -Infinity;
      timers.set(id, { at: time + (isDueAtOnce ? 0 : nodeDelayMs(timeoutMs)), fn });
      return id;
    },
    clearTimeout(id) {
      timers.delete(id as number);
    },
    now: () => time,
    advance(ms) {
      const until = time + checked('advance', ms);
      for (let id = nextDue(until); id !== undefined; id = nextDue(until)) {
        const timer = timers.get(id);
        timers.delete(id);
        if (timer === undefined) continue;
        time = Math.max(time, timer.at);
        timer.fn();
      }
      time = Math.max(time, until);
    },
    block(ms) {
      time += checked('block', ms);
    },
    pending: () => timers.size,
    untilNext() {
      const next = timers.get(nextDue(Infinity) ?? 0);
      return next === undefined ? null : Math.max(0, next.at - time);
    },
  };
}

function checked(what: string, ms: number): number {
  if (typeof ms === 'number' && ms >= 0 && ms < Infinity) return ms;
  throw new VirtualTimeError(
    `${what} takes milliseconds, zero or more and not without end, but was given ${ms}.`,
  );
}
