/** The timers of one owner: on one clock, with errors of their functions caught, and all stopped at once. */
import type { WorldClock } from './clock.js';

export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Epoch milliseconds, whole. */
  now(): number;
  /** Converts such a time to the wall clock as it is set now. */
  onWallClock(at: number): number;
  after(ms: number, fn: () => void): Timer;
  /** Cancels everything; nothing can be set from then on. */
  stop(): void;
}

/** @param onFault called with what a timer's function throws. */
export function createTimers(clock: WorldClock, onFault: (error: unknown) => void): Timers {
  const live = new Set<Timer>();
  let stopped = false;
  const now = () => Math.floor(clock.now());

  return {
    now,
    onWallClock: (at) => (clock.wallNow?.() ?? now()) + (at - now()),
    after(ms, fn) {
      if (stopped) return { cancel: () => undefined };
      const id = clock.setTimeout(() => {
        live.delete(timer);
        try {
          fn();
        } catch (error) {
          onFault(error);
        }
      }, ms);
      const timer: Timer = {
        cancel() {
          live.delete(timer);
          clock.clearTimeout(id);
        },
      };
      live.add(timer);
      return timer;
    },
    stop() {
      stopped = true;
      for (const timer of live) timer.cancel();
    },
  };
}
