/** All timers of a platform: on one clock, with what they throw contained, and with one switch that ends them. */
import { performance } from 'node:perf_hooks';

/** The time a sandbox lives by. A test that owns it owns every timeout of the platform. */
export interface SandboxClock {
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(id: unknown): void;
  /** Epoch milliseconds. */
  now(): number;
  /** Epoch milliseconds of the wall clock, for what house bots are shown. Default: `now`. */
  wallNow?(): number;
}

/** The process's own time; `now` does not jump when somebody sets the wall clock. */
export const systemClock: SandboxClock = {
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
  now: () => performance.timeOrigin + performance.now(),
  wallNow: Date.now,
};

export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Epoch milliseconds, whole. */
  now(): number;
  /** Where such a time stands on the wall clock as that is set now. */
  onWallClock(at: number): number;
  after(ms: number, fn: () => void): Timer;
  /** Cancels everything; nothing can be set from then on. */
  stop(): void;
}

/** @param onFault told what a timer's function throws. */
export function createTimers(clock: SandboxClock, onFault: (error: unknown) => void): Timers {
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
