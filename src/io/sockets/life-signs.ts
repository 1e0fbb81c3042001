import type { Clock } from '../../time/clock.js';
import { createOwnTimers } from '../../time/own-timers.js';

/** How a connection is asked whether the other side is still there. Durations are in milliseconds. */
export interface LifeSignsOptions {
  clock: Clock;
  /** Milliseconds that do not jump. */
  now: () => number;
  /** `silence`: asks when nothing was heard for one interval. `always`: asks in each interval. */
  ask: 'silence' | 'always';
  intervalMs: number;
  /** How long the other side may take to answer. Anything that is heard is an answer. */
  answerMs: number;
  /** Sends the question. */
  onAsk: () => void;
  /** Called once, when nothing came in time. Nothing is watched afterwards. */
  onDead: () => void;
}

/** A running watch. */
export interface LifeSigns {
  /** Something was heard. */
  heard(): void;
  /** Asks out of turn, with so long for the answer. */
  askNow(answerMs: number): void;
  stop(): void;
}

/**
 * Watches for signs of life. A process that was blocked (a slow synchronous bot) reads what has come meanwhile before
 * it takes its own absence for the peer's. `heard` costs two assignments.
 */
export function watchLifeSigns(options: LifeSignsOptions): LifeSigns {
  const { clock, now, intervalMs } = options;
  const timers = createOwnTimers(clock);
  let heardAt = now();
  /** The question that was not answered yet. */
  let open: object | null = null;
  let deadline: unknown;

  const pause = (ms: number): void => {
    timers.later(ms, () => {
      const quietMs = options.ask === 'always' ? intervalMs : now() - heardAt;
      // Timers may fire a little early.
      const isDue = quietMs >= intervalMs;
      if (isDue && open === null) ask(options.answerMs);
      pause(isDue ? intervalMs : Math.ceil(intervalMs - quietMs));
    });
  };

  const ask = (answerMs: number): void => {
    timers.cancel(deadline);
    const question = {};
    open = question;
    deadline = timers.later(answerMs, () => timers.afterSocket(() => judge(question)));
    options.onAsk();
  };

  const judge = (question: object): void => {
    if (open !== question) return;
    timers.clear();
    options.onDead();
  };

  pause(intervalMs);

  return {
    heard() {
      heardAt = now();
      open = null;
    },
    askNow(answerMs) {
      // What came before is no answer, and may still wait to be read.
      timers.afterSocket(() => ask(answerMs));
    },
    stop: () => timers.clear(),
  };
}
