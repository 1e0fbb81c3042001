import { performance } from 'node:perf_hooks';
import { type Clock, systemClock } from './clock.js';

const defaults = {
  checkEveryMs: 1_000,
  /**
   * Clocks are adjusted by seconds now and then; only a sleep, or setting the clock, moves them this far apart
   * between two checks.
   */
  jumpMs: 10_000,
} as const;

/** Reports that this machine has slept, or that its wall clock was set: connections may be gone without a sign. */
export interface ClockJumps {
  /** Calls the listener at each jump. Returns the function that stops it. */
  watch(onJump: () => void): () => void;
}

/** What the watcher compares, all in milliseconds. */
export interface ClockJumpsOptions {
  clock: Clock;
  /** The time of day, which goes on while the machine sleeps. */
  wall: () => number;
  /** A clock that counts only while the machine runs, and that cannot be set. */
  monotonic: () => number;
}

/** Returns a function that says whether the clocks have moved apart since it was called last, or made. */
export function compareClocks({ wall, monotonic }: Omit<ClockJumpsOptions, 'clock'>): () => boolean {
  let offset = wall() - monotonic();
  return () => {
    const before = offset;
    offset = wall() - monotonic();
    return Math.abs(offset - before) > defaults.jumpMs;
  };
}

/** Compares the clocks once a second, and only while there are listeners. */
export function watchClockJumps({ clock, ...clocks }: ClockJumpsOptions): ClockJumps {
  const listeners = new Set<{ onJump: () => void }>();
  const haveJumped = compareClocks(clocks);
  let timer: unknown;

  const check = (): void => {
    const isJump = haveJumped();
    schedule();
    if (!isJump) return;
    for (const { onJump } of Array.from(listeners)) onJump();
  };

  const schedule = (): void => {
    timer = clock.setTimeout(check, defaults.checkEveryMs);
  };

  return {
    watch(onJump) {
      const listener = { onJump };
      if (listeners.size === 0) {
        // What was before nobody wants to know.
        haveJumped();
        schedule();
      }
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) clock.clearTimeout(timer);
      };
    },
  };
}

/** The one watcher of this process. It keeps no process alive. */
export const systemClockJumps: ClockJumps = watchClockJumps({
  clock: { ...systemClock, setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs).unref() },
  wall: Date.now,
  monotonic: () => performance.now(),
});
