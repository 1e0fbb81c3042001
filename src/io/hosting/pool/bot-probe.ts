import type { OwnTimers } from '../../../time/own-timers.js';
import type { BotThread } from '../threads/bot-thread.js';

const defaults = {
  /** How long after its deadline a bot may still block its thread, also as a share of the time that it had. */
  maxPatienceMs: 1_000,
  maxPatienceShare: 0.5,
  /** After so long a thread that still loads counts as blocked. */
  loadLimitMs: 120_000,
} as const;

/** Finds out whether a thread is blocked: a thread whose bot only takes its time answers a probe. */
export interface Probe {
  /** The overdue turn that may be blocking the thread. */
  readonly suspect: string | undefined;
  /** Does nothing while an earlier probe is not answered. @param thinkMs how long the bot had for this turn. */
  send(thread: BotThread, requestId: string, thinkMs: number): void;
  answered(id: number): void;
  drop(): void;
}

export function createProbe(timers: OwnTimers, onBlocked: (patienceMs: number) => void): Probe {
  let sent: { id: number; requestId: string; timer: unknown } | null = null;
  let count = 0;

  const post = (thread: BotThread, requestId: string, patienceMs: number, waitedMs = 0): void => {
    count += 1;
    const timer = timers.later(patienceMs, () => {
      // Loading has a limit of its own.
      if (thread.isMade || waitedMs >= defaults.loadLimitMs) onBlocked(waitedMs + patienceMs);
      else post(thread, requestId, patienceMs, waitedMs + patienceMs);
    });
    sent = { id: count, requestId, timer };
    thread.post({ type: 'probe', id: count });
  };

  const drop = (): void => {
    timers.cancel(sent?.timer);
    sent = null;
  };

  return {
    get suspect() {
      return sent?.requestId;
    },
    send(thread, requestId, thinkMs) {
      // The next turn may have arrived already, and should not be lost as well.
      const patienceMs = Math.min(defaults.maxPatienceMs, thinkMs * defaults.maxPatienceShare);
      if (sent === null) post(thread, requestId, patienceMs);
    },
    answered(id) {
      if (id === sent?.id) drop();
    },
    drop,
  };
}
