import type { OwnTimers } from '../../../time/own-timers.js';
import type { BotThread } from '../threads/bot-thread.js';

const defaults = {
  /** How long after its deadline a bot may still block its thread, and as a share of the time that it had. */
  maxPatienceMs: 1_000,
  maxPatienceShare: 0.5,
  /** One that still loads is no more waited for after so long. */
  loadLimitMs: 120_000,
} as const;

/** Tells a thread that is blocked from one whose bot just takes its time: the latter answers a probe. */
export interface Probe {
  /** The overdue turn that a thread is suspected to be blocked by. */
  readonly suspect: string | undefined;
  /** @param thinkMs how long the bot had for this turn. Does nothing while an earlier probe is not answered. */
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
      // The next turn may be there already, and should not be lost as well.
      const patienceMs = Math.min(defaults.maxPatienceMs, thinkMs * defaults.maxPatienceShare);
      if (sent === null) post(thread, requestId, patienceMs);
    },
    answered(id) {
      if (id === sent?.id) drop();
    },
    drop,
  };
}
