/** The clock of one turn, which can be made to stand still. */
import type { Timer, Timers } from './timers.js';

export interface TurnClock {
  /** Milliseconds until the turn is over, never negative; while the clock stands still they stay the same. */
  readonly leftMs: number;
  /** Makes the clock stand still; harmless when it does already. */
  pause(): void;
  /** Goes on with what was left. */
  resume(): void;
  /** Ends it for good. */
  cancel(): void;
}

/** Starts at once; `onOver` is called when `budgetMs` of running time are gone. */
export function startTurnClock(budgetMs: number, timers: Timers, onOver: () => void): TurnClock {
  let leftAtStartMs = budgetMs;
  let startedAt = timers.now();
  let timer: Timer | null = timers.after(budgetMs, onOver);

  const leftMs = () =>
    timer === null ? leftAtStartMs : Math.max(0, leftAtStartMs - (timers.now() - startedAt));

  return {
    get leftMs() {
      return leftMs();
    },
    pause() {
      leftAtStartMs = leftMs();
      timer?.cancel();
      timer = null;
    },
    resume() {
      if (timer !== null) return;
      startedAt = timers.now();
      timer = timers.after(leftAtStartMs, onOver);
    },
    cancel() {
      timer?.cancel();
    },
  };
}
