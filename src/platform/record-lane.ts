/**
 * The one lane of requests for public records: one at a time, with a pause between them, and longer ones when the
 * platform asks for them. The platform slows down whoever asks faster, for everything from the same address
 * (docs/protocol.md 7).
 */
import type { WorldClock } from '../time/clock.js';
import { PlatformRefusedError, PlatformUnreachableError } from './platform-error.js';
import type { PlatformListener } from './platform-events.js';
import { waitFor, waitUntil } from './waiting.js';

const defaults = {
  /** The same for requests without an answer, and errors of the platform's own. */
  failedMs: [1_000, 3_000, 9_000],
  /** Who is told to wait longer gets the error at once. */
  maxWaitMs: 15 * 60_000,
} as const;

const tooManyRequests = 429;
const serverErrors = 500;

/** Keeps the pace of several programs, or of one that was started again: each asks it before a request for records. */
export interface RecordGate {
  /** Resolves when the next request may begin. @throws the reason of the signal, as soon as it is aborted. */
  enter(signal: AbortSignal): Promise<void>;
  /** Nobody may enter for so long, in ms: after each request, and longer after one that was refused. It must not throw. */
  close(ms: number): void;
}

export interface RecordLane {
  /**
   * Asks when it is this request's turn, and again after a pause where that may help.
   *
   * @throws what the last attempt threw, or the reason of the signal.
   */
  run<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Another request was refused with `RATE_001`: the lane pauses, too. */
  slowDown(error: PlatformRefusedError): void;
}

interface LaneOptions {
  clock: WorldClock;
  /** From the end of a request to the beginning of the next, in ms. */
  paceMs: number;
  /** After the first refusal of a request, the second, and so on. One more is an error. */
  backOffMs: readonly number[];
  /** Null: no other program is asked. */
  gate: RecordGate | null;
  report: PlatformListener;
}

interface Pause {
  why: 'rate_limited' | 'failed';
  ms: number;
}

export function createRecordLane({ clock, paceMs, backOffMs, gate, report }: LaneOptions): RecordLane {
  let last: Promise<unknown> = Promise.resolve();
  let notBefore = Number.NEGATIVE_INFINITY;

  const notWithin = (ms: number): void => {
    notBefore = Math.max(notBefore, clock.now() + ms);
    gate?.close(ms);
  };

  async function open(signal: AbortSignal): Promise<void> {
    for (let left = notBefore - clock.now(); left > 0; left = notBefore - clock.now())
      await waitFor(Math.ceil(left), clock, signal);
    await gate?.enter(signal);
    signal.throwIfAborted();
  }

  async function attempts<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const tries = { rate_limited: 0, failed: 0 };
    for (;;) {
      await open(signal);
      try {
        return await ask();
      } catch (error) {
        const pause = pauseAfter(error, tries, backOffMs);
        if (pause === null) throw error;
        tries[pause.why] += 1;
        notWithin(pause.ms);
        const { request, message } = error as PlatformRefusedError | PlatformUnreachableError;
        report({ type: 'platform.waiting', request, ...pause, message });
      } finally {
        notWithin(paceMs);
      }
    }
  }

  return {
    run(ask, signal) {
      const before = last;
      const whenItIsTurn = async () => {
        await waitUntil(before, signal);
        return attempts(ask, signal);
      };
      const work = whenItIsTurn();
      // Who gives up in the queue lets nobody past.
      last = Promise.allSettled([before, work]);
      return work;
    },
    slowDown({ retryAfterMs }) {
      // An endless one would hold back the records without a word.
      notWithin(Math.min(retryAfterMs ?? backOffMs[0] ?? 0, defaults.maxWaitMs));
    },
  };
}

type Tries = Readonly<Record<Pause['why'], number>>;

/** Null: another attempt would not help, or enough were made. */
function pauseAfter(error: unknown, tries: Tries, backOffMs: readonly number[]): Pause | null {
  const failed = (askedMs: number) => pauseOf('failed', defaults.failedMs[tries.failed], askedMs);
  if (error instanceof PlatformUnreachableError) return failed(0);
  if (!(error instanceof PlatformRefusedError)) return null;
  const { status, errorCode, retryAfterMs } = error;
  const limited = pauseOf('rate_limited', backOffMs[tries.rate_limited], retryAfterMs ?? 0);
  if (errorCode === 'RATE_001') return limited;
  if (status === tooManyRequests)
    return limited === null || retryAfterMs === null ? limited : { ...limited, ms: retryAfterMs };
  return status >= serverErrors ? failed(retryAfterMs ?? 0) : null;
}

function pauseOf(why: Pause['why'], ownMs: number | undefined, askedMs: number): Pause | null {
  return ownMs === undefined || askedMs > defaults.maxWaitMs ? null : { why, ms: Math.max(ownMs, askedMs) };
}
