import { performance } from 'node:perf_hooks';

/** Timers as the ports use them: XState's `Clock`, so one virtual clock drives machines and ports alike. */
export interface IoClock {
  setTimeout(fn: (...args: unknown[]) => void, timeoutMs: number): unknown;
  clearTimeout(id: unknown): void;
}

export const systemClock: IoClock = {
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
};

/** Epoch milliseconds that never jump: a step of the wall clock must not cost a turn. */
export const systemNow = (): number => performance.timeOrigin + performance.now();
