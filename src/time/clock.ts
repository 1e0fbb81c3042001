import { performance } from 'node:perf_hooks';

/** Timers as the ports use them: XState's `Clock`, so one virtual clock drives machines and ports alike. */
export interface Clock {
  setTimeout(fn: (...args: unknown[]) => void, timeoutMs: number): unknown;
  clearTimeout(id: unknown): void;
}

/** Timers, and what time it is. A test that owns one owns every timeout of a platform. */
export interface WorldClock extends Clock {
  /** Epoch milliseconds that do not jump. */
  now(): number;
  /** Epoch milliseconds of the wall clock, for what house bots are shown. Default: `now`. */
  wallNow?(): number;
}

/**
 * Epoch milliseconds that never jump: a step of the wall clock must not cost a turn. To measure with, not to show: after
 * a step or a sleep they are not those of the wall clock any more.
 */
export const systemNow = (): number => performance.timeOrigin + performance.now();

/** The process's own time. */
export const systemClock: WorldClock = {
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
  now: systemNow,
  wallNow: Date.now,
};

/** The two times there are. Whoever measures takes one, whoever shows takes the other. */
export interface Times {
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock, which may be set at any moment. */
  wallNow: () => number;
}

/** The process's own times; whoever gives only `now` owns all time there is. */
export function timesOf({
  now,
  wallNow = now ?? Date.now,
}: { [T in keyof Times]?: Times[T] | undefined }): Times {
  return { now: now ?? systemNow, wallNow };
}

/** Where a time that does not jump stands on the wall clock as that is set at this moment: now, and what is left. */
export function toWallTime(at: number, { now, wallNow }: Times): number {
  return Math.round(wallNow() + (at - now()));
}
