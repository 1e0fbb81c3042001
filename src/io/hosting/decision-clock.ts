import { maxTimerMs } from '../../time/max-timer.js';
import type { OwnTimers } from '../../time/own-timers.js';

/** A decision against which a clock runs. */
export interface Countdown {
  /** When the agent answers in the bot's place, in epoch ms; later when the clock is renewed. */
  deadline: number;
  /** When the server's own clock runs out. */
  expiresAt: number;
  timer: unknown;
  readonly closed: boolean;
}

export interface DecisionClock<Turn extends Countdown> {
  start(turn: Turn): void;
  stop(turn: Turn): void;
  /** Runs it after the socket was read: what the server did while this thread was blocked waits there. */
  afterSocket(run: () => void): void;
}

interface DecisionClockOptions<Turn> {
  timers: OwnTimers;
  now: () => number;
  onOverdue: (turn: Turn) => void;
}

/** The clock of decisions. It keeps time also on a thread that is blocked now and then. */
export function createDecisionClock<Turn extends Countdown>(
  options: DecisionClockOptions<Turn>,
): DecisionClock<Turn> {
  const { timers, now, onOverdue } = options;

  const start = (turn: Turn): void => {
    // Whole milliseconds, as timers count: a rest too small to move a clock would be waited for again and again. A longer
    // clock than timers count is waited for in parts.
    const leftMs = Math.min(maxTimerMs, Math.max(0, Math.ceil(turn.deadline - now())));
    turn.timer = timers.later(leftMs, () => runOut(turn));
  };

  const runOut = (turn: Turn): void => {
    const { timer } = turn;
    const overdue = (): void => {
      // Not when it was renewed meanwhile: another timer runs then.
      if (!turn.closed && turn.timer === timer) onOverdue(turn);
    };
    // Timers may fire a little early.
    if (now() < turn.deadline) start(turn);
    else if (now() >= turn.expiresAt) timers.afterSocket(overdue);
    else overdue();
  };

  return { start, stop: ({ timer }) => timers.cancel(timer), afterSocket: (run) => timers.afterSocket(run) };
}
