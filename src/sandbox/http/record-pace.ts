/** How fast a caller may read the public records, and the penalties for one that does not wait (docs/protocol.md 7). */
import type { ErrorAnswer } from '../../protocol/http-answers.js';
import { type HttpError, tooMany } from './http-error.js';
import { type HttpLimits, secondsOf } from './limits.js';

type Penalty = NonNullable<ErrorAnswer['penalty_level']>;

const defaults = { maxCallers: 1_000, memoryMinutes: 15 } as const;

/** The hardest first. `from`: so many refusals within the last quarter of an hour; `minutes`: how long it lasts. */
const penalties = [
  { level: 'blocked', from: 60, minutes: 15 },
  { level: 'throttled_hard', from: 20, minutes: 2 },
  { level: 'throttled', from: 5, minutes: 1 },
] as const satisfies readonly { level: Penalty; from: number; minutes: number }[];
const firstPenalty = { level: 'warned', minutes: 0.5 } as const;

/** Times are epoch milliseconds, the oldest first. */
interface Caller {
  requests: number[];
  refusals: number[];
  refusedUntil: number;
}

/**
 * @returns what checks a request of this caller: the error that refuses it, or null. A refused request makes the penalty
 * harder, also while one lasts.
 */
export function createRecordPace(
  now: () => number,
  { recordsPerMinute, recordMinuteMs }: Pick<HttpLimits, 'recordsPerMinute' | 'recordMinuteMs'>,
): (caller: string) => HttpError | null {
  const callers = new Map<string, Caller>();

  function callerOf(key: string): Caller {
    const known = callers.get(key) ?? { requests: [], refusals: [], refusedUntil: 0 };
    // The one that asked longest ago is forgotten first.
    callers.delete(key);
    callers.set(key, known);
    const [oldest] = callers.keys();
    if (callers.size > defaults.maxCallers && oldest !== undefined) callers.delete(oldest);
    return known;
  }

  return (key) => {
    if (recordsPerMinute === Number.MAX_SAFE_INTEGER) return null;
    const caller = callerOf(key);
    const at = now();
    caller.requests = caller.requests.filter((time) => time > at - recordMinuteMs);
    caller.refusals = caller.refusals
      .filter((time) => time > at - defaults.memoryMinutes * recordMinuteMs)
      .slice(-penalties[0].from);
    if (at >= caller.refusedUntil && caller.requests.length < recordsPerMinute) {
      caller.requests.push(at);
      return null;
    }
    caller.refusals.push(at);
    const violations = caller.refusals.length;
    const { level, minutes } = penalties.find(({ from }) => violations >= from) ?? firstPenalty;
    caller.refusedUntil = Math.max(caller.refusedUntil, at + minutes * recordMinuteMs);
    return tooMany(
      'RATE_001',
      `Too many requests; this caller may send ${recordsPerMinute} a minute.`,
      secondsOf(caller.refusedUntil - at),
      { penalty_level: level, violations },
    );
  };
}
