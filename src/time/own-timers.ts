import type { Clock } from './clock.js';

/** Timers that end together with their owner. */
export interface OwnTimers {
  later(ms: number, run: () => void): unknown;
  /** Runs it after the sockets were read: frames that arrived while this thread was blocked wait there. */
  afterSocket(run: () => void): void;
  cancel(id: unknown): void;
  clear(): void;
}

export function createOwnTimers(clock: Clock): OwnTimers {
  const timers = new Set<unknown>();

  const later = (ms: number, run: () => void): unknown => {
    const id = clock.setTimeout(() => {
      timers.delete(id);
      run();
    }, ms);
    timers.add(id);
    return id;
  };

  return {
    later,
    afterSocket(run) {
      // A timer may fire before the event loop reads the sockets; a timer that it sets fires after that.
      later(0, () => later(0, run));
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
