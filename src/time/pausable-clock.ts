/** The clock of one turn, which can be made to stand still. */
import type { Timer, Timers } from './timers.js';

export interface PausableClock {
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
export function startPausableClock(budgetMs: number, timers: Timers, onOver: () => void): PausableClock {
  return new RunningClock(budgetMs, timers, onOver);
}

/** A class, since an object literal with an accessor gets a hidden class of its own each time. */
class RunningClock implements PausableClock {
  readonly #timers: Timers;
  readonly #onOver: () => void;
  #leftAtStartMs: number;
  #startedAt: number;
  #timer: Timer | null;

  constructor(budgetMs: number, timers: Timers, onOver: () => void) {
    this.#timers = timers;
    this.#onOver = onOver;
    this.#leftAtStartMs = budgetMs;
    this.#startedAt = timers.now();
    this.#timer = timers.after(budgetMs, onOver);
  }

  get leftMs(): number {
    if (this.#timer === null) return this.#leftAtStartMs;
    return Math.max(0, this.#leftAtStartMs - (this.#timers.now() - this.#startedAt));
  }

  pause(): void {
    this.#leftAtStartMs = this.leftMs;
    this.#timer?.cancel();
    this.#timer = null;
  }

  resume(): void {
    if (this.#timer !== null) return;
    this.#startedAt = this.#timers.now();
    this.#timer = this.#timers.after(this.#leftAtStartMs, this.#onOver);
  }

  cancel(): void {
    this.#timer?.cancel();
  }
}
