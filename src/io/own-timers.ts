import type { IoClock } from './clock.js';

/** Timers that end together with their owner. */
export interface OwnTimers {
  later(ms: number, run: () => void): unknown;
  cancel(id: unknown): void;
  clear(): void;
}

export function createOwnTimers(clock: IoClock): OwnTimers {
  const timers = new Set<unknown>();
  return {
    later(ms, run) {
      const id = clock.setTimeout(() => {
        timers.delete(id);
        run();
      }, ms);
      timers.add(id);
      return id;
    },
    cancel(id) {
      timers.delete(id);
      clock.clearTimeout(id);
    },
    clear() {
      for (const id of timers) clock.clearTimeout(id);
      timers.clear();
    },
  };
}
