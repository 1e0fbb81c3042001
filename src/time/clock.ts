import { performance } from 'node:perf_hooks';

/** Timers as the ports use them: XState's `Clock`, so one virtual clock drives machines and ports alike. */
export interface Clock {
  setTimeout(fn: (...args: unknown[]) => void, timeoutMs: number): unknown;
  clearTimeout(id: unknown): void;
}

/** Timers and the time. A test that provides one controls every timeout of a platform. */
export interface WorldClock extends Clock {
  /** Epoch milliseconds that do not jump. */
  now(): number;
  /** Epoch milliseconds of the wall clock, for times that house bots see. Default: `now`. */
  wallNow?(): number;
}

/**
 * Epoch milliseconds that never jump: a step of the wall clock must not cost a turn. They are for measuring, not for
 * showing: after a step or a sleep they differ from the wall clock.
 */
export const systemNow = (): number => timeOrigin + performance.now();

/** It never changes, and takes longer to read than the time since then. */
const { timeOrigin } = performance;

/** The process's own time. */
export const systemClock: WorldClock = {
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
  now: systemNow,
  wallNow: Date.now,
};

/** The two kinds of time: one for measuring, one for showing. */
export interface Times {
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock, which may be set at any moment. */
  wallNow: () => number;
}

/** The process's own times by default. If only `now` is given, it is the wall clock as well. */
export function timesOf({
  now,
  wallNow = now ?? Date.now,
}: { [T in keyof Times]?: Times[T] | undefined }): Times {
  return { now: now ?? systemNow, wallNow };
}

/** A clock and its times as one: what measures and waits in the same world. */
export const clockWithTimes = (clock: Clock, { now, wallNow }: Times): WorldClock => ({
  setTimeout: (fn, ms) => clock.setTimeout(fn, ms),
  clearTimeout: (id) => clock.clearTimeout(id),
  now,
  wallNow,
});

/**
 * Converts a time that does not jump to the wall clock as it is set now: the wall time plus what is left until `at`.
 */
export function toWallTime(at: number, { now, wallNow }: Times): number {
  return Math.round(wallNow() + (at - now()));
}
