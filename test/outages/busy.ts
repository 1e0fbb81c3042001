/** How long a process could not run when it was to: a machine with too much to do, or a loop that something blocks. */

const defaults = {
  tickMs: 50,
  /** Every timer is a little late. */
  usualMs: 15,
} as const;

/** @param onStall told when a tick came so much too late; it is over at `Date.now()`. Returns what ends it. */
export function watchStalls(onStall: (ms: number) => void): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const lateMs = now - last - defaults.tickMs;
    last = now;
    if (lateMs > defaults.usualMs) onStall(lateMs);
  }, defaults.tickMs);
  return () => clearInterval(timer);
}

export interface StallLog {
  note(stall: { at: number; ms: number }): void;
  /** All that was lost between two times, in milliseconds. */
  between(from: number, to: number): number;
}

/** Times are those of `Date.now()`. */
export function createStallLog(): StallLog {
  const stalls: { from: number; to: number }[] = [];
  return {
    note({ at, ms }) {
      stalls.push({ from: at - ms, to: at });
    },
    between(from, to) {
      return stalls.reduce(
        (sum, stall) => sum + Math.max(0, Math.min(stall.to, to) - Math.max(stall.from, from)),
        0,
      );
    },
  };
}
