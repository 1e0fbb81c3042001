/** The longest time that a timer counts, in milliseconds: 24.8 days. Node fires longer ones after one millisecond. */
export const maxTimerMs = 2 ** 31 - 1;

/**
 * How long a timer of Node waits when it is set to this many milliseconds: fractions are dropped, and what is below one,
 * above `maxTimerMs` or no number is one (Node 20, `lib/internal/timers.js`).
 */
export function nodeDelayMs(delayMs: number): number {
  return delayMs >= 1 && delayMs <= maxTimerMs ? Math.trunc(delayMs) : 1;
}
