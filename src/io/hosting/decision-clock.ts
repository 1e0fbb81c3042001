import { maxTimerMs } from '../../time/max-timer.js';
import type { OwnTimers } from '../../time/own-timers.js';

/** A decision with a time limit. */
export interface Countdown {
  /** When the agent answers for the bot, in epoch ms. It moves when the clock is renewed. */
  deadline: number;
  /** When the server's own clock runs out. */
  expiresAt: number;
  timer: unknown;
  readonly closed: boolean;
}

export interface DecisionClock<Turn extends Countdown> {
  start(turn: Turn): void;
  stop(turn: Turn): void;
}

interface DecisionClockOptions<Turn> {
  timers: OwnTimers;
  now: () => number;
  onOverdue: (turn: Turn) => void;
}

/** The clock of decisions. It keeps time also on a thread that is blocked at times. */
export function createDecisionClock<Turn extends Countdown>(
  options: DecisionClockOptions<Turn>,
): DecisionClock<Turn> {
  const { timers, now, onOverdue } = options;

  const start = (turn: Turn): void => {
    // Whole milliseconds, as timers count them: a timer for a fraction would fire again and again before the
    // deadline. A clock longer than timers count takes several timers.
    const leftMs = Math.min(maxTimerMs, Math.max(0, Math.ceil(turn.deadline - now())));
    turn.timer = timers.later(leftMs, () => runOut(turn));
  };

  const runOut = (turn: Turn): void => {
    const { timer } = turn;
    const overdue = (): void => {
      // Not if it was renewed meanwhile: then another timer runs.
      if (!turn.closed && turn.timer === timer) onOverdue(turn);
    };
    // Timers may fire a little early.
    if (now() < turn.deadline) start(turn);
    else if (now() >= turn.expiresAt) timers.afterSocket(overdue);
    else overdue();
  };

  return {
    start,
    stop({ timer }) {
      // A turn that was answered at once never had one.
      if (timer !== undefined) timers.cancel(timer);
    },
  };
}
