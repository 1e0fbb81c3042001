/** The clock of one turn, which can be paused. */
import type { Timer, Timers } from './timers.js';

export interface PausableClock {
  /** Milliseconds until the turn is over, never negative. They do not change while the clock is paused. */
  readonly leftMs: number;
  /** Pauses the clock; harmless when it is paused already. */
  pause(): void;
  /** Continues with the time that was left. */
  resume(): void;
  /** Ends it for good. */
  cancel(): void;
}

/** Starts at once. `onOver` is called when the clock has run for `budgetMs`. */
export function startPausableClock(budgetMs: number, timers: Timers, onOver: () => void): PausableClock {
  return new RunningClock(budgetMs, timers, onOver);
}

/** A class, because an object literal with an accessor gets a hidden class of its own each time. */
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
