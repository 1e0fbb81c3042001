import type { Clock } from '../../time/clock.js';
import { createOwnTimers } from '../../time/own-timers.js';

/** How the other side of a connection is asked for a sign of life. Durations are in milliseconds. */
export interface LifeSignsOptions {
  clock: Clock;
  /** Milliseconds that do not jump. */
  now: () => number;
  /** `silence`: asks when nothing was received for one interval. `always`: asks in each interval. */
  ask: 'silence' | 'always';
  intervalMs: number;
  /** How long the other side may take to answer. Anything that is received is an answer. */
  answerMs: number;
  /** Sends the question. */
  onAsk: () => void;
  /** Called once, when no answer came in time. The watch ends then. */
  onDead: () => void;
}

/** A running watch. */
export interface LifeSigns {
  /** To be called when something was received. */
  received(): void;
  /** Asks at once, with this time for the answer. */
  askNow(answerMs: number): void;
  stop(): void;
}

/**
 * Watches for signs of life. A process that was blocked (by a slow synchronous bot) first reads what has arrived
 * meanwhile, so that it does not take its own silence for the peer's. `received` costs two assignments and reads the time, or one.
 */
export function watchLifeSigns(options: LifeSignsOptions): LifeSigns {
  const { clock, now, intervalMs } = options;
  const timers = createOwnTimers(clock);
  const asksAlways = options.ask === 'always';
  /** Not kept while it is always asked: the time is read for nothing then, with every frame. */
  let receivedAt = now();
  /** The question that is not answered yet. */
  let open: object | null = null;
  let deadline: unknown;

  const pause = (ms: number): void => {
    timers.later(ms, () => {
      const quietMs = asksAlways ? intervalMs : now() - receivedAt;
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
    received() {
      if (!asksAlways) receivedAt = now();
      open = null;
    },
    askNow(answerMs) {
      // Data that arrived before the question is not an answer, and may still wait to be read.
      timers.afterSocket(() => ask(answerMs));
    },
    stop: () => timers.clear(),
  };
}
