/** The rated queue: the two bots that have waited longest play each other (docs/protocol.md 7). */

import { untilMidnightMs } from '../../time/utc-day.js';
import { type Parts, requireOnline, requireRated } from './dispatch.js';
import { HttpError, tooMany } from './http-error.js';
import { secondsOf } from './limits.js';
import { botRoute, type Route } from './routes.js';

const base = '/api/external-api/matchmaking';

/** A place in the queue. All times are epoch milliseconds. */
interface Entry {
  /** When the bot joined last, from which its waiting is counted. */
  readonly joinedAt: number;
  readonly endsAt: number;
}

/** Makes the queue, and returns its routes. */
export function createMatchmaking({ platform, limits, dispatch, after }: Parts): Route[] {
  const { queueTtlMs, pairAgainMs, maxQueued, queueDecisionTimeoutMs, joinIntervalMs, lobbyMsPerDay } =
    limits;
  /** In the order of their first join. */
  const waiting = new Map<string, Entry>();
  /** Bots whose time in the queue is over and who have not asked since. */
  const timedOut = new Set<string>();
  /** When each bot may join again, in the order of these times. */
  const nextJoins = new Map<string, number>();
  let retry: { cancel(): void } | null = null;

  const positionOf = (botId: string): number | null =>
    waiting.has(botId) ? [...waiting.keys()].indexOf(botId) + 1 : null;

  /** Removes bots that waited too long, went offline, or may no longer play rated matches. */
  function sweep(): void {
    for (const [botId, { endsAt }] of waiting) {
      if (endsAt <= platform.now()) rememberTimeOut(botId);
      else if (platform.isOnline(botId) && platform.bot(botId)?.mayPlayRated === true) continue;
      waiting.delete(botId);
    }
  }

  function rememberTimeOut(botId: string): void {
    timedOut.add(botId);
    const [oldest] = timedOut;
    if (timedOut.size > maxQueued && oldest !== undefined) timedOut.delete(oldest);
  }

  /** Bots at their limit of matches are skipped and keep their place. */
  function pair(): void {
    sweep();
    const free = [...waiting.keys()].filter((botId) => dispatch.refusal(botId) === null);
    for (let index = 0; index + 1 < free.length; index += 2) {
      const pairing = free.slice(index, index + 2);
      if (!startMatch(pairing)) break;
      for (const botId of pairing) waiting.delete(botId);
    }
    retry?.cancel();
    retry = waiting.size < 2 ? null : after(pairAgainMs, pair);
  }

  /**
   * Returns whether the match was started. A timer calls it, so a failure is not thrown: the bots stay in the queue.
   */
  function startMatch(botIds: readonly string[]): boolean {
    try {
      dispatch.start({
        players: botIds.map((botId) => ({ botId })),
        origin: 'queue',
        rated: true,
        decisionTimeoutMs: queueDecisionTimeoutMs,
      });
      return true;
    } catch (error) {
      if (error instanceof HttpError) return false;
      throw error;
    }
  }

  /** @throws {HttpError} for a bot that has used up its day. A bot at its cap of live matches may wait for one to end. */
  function requireQuota(botId: string): void {
    const refusal = dispatch.quotaRefusal(botId);
    if (refusal !== null) throw refusal;
    if (platform.lobbyMsToday(botId) < lobbyMsPerDay) return;
    const hours = lobbyMsPerDay / 3_600_000;
    const message = `lobby_hours_per_day: your bot has been in the lobby for the ${hours} hours of today; the next day begins at 00:00 UTC.`;
    throw tooMany('FREE_TIER_LIMIT_EXCEEDED', message, secondsOf(untilMidnightMs(platform.wallNow())));
  }

  /** @throws {HttpError} for a join that comes too soon after the one before. */
  function requirePause(botId: string): void {
    const now = platform.now();
    for (const [joined, nextAt] of nextJoins) {
      if (nextAt > now) break;
      nextJoins.delete(joined);
    }
    const nextAt = nextJoins.get(botId);
    if (nextAt !== undefined) {
      const message = `Your bot may join once in ${secondsOf(joinIntervalMs)} s; its place in the queue is as it was.`;
      throw tooMany('RATE_001', message, secondsOf(nextAt - now));
    }
    nextJoins.set(botId, now + joinIntervalMs);
  }

  /** Some entries die before their time, as players have seen it. */
  function lifetimeMs(): number {
    const { queueEarlyPercent, queueEarlyFromMs, queueEarlyToMs } = limits;
    if (platform.random() * 100 >= queueEarlyPercent) return queueTtlMs;
    return Math.round(queueEarlyFromMs + platform.random() * (queueEarlyToMs - queueEarlyFromMs));
  }

  /** Joining again keeps the place and begins its time anew. */
  function enqueue(botId: string): void {
    sweep();
    if (!waiting.has(botId) && waiting.size >= maxQueued) {
      throw tooMany('SANDBOX_QUEUE_FULL', 'The queue is full.', secondsOf(pairAgainMs));
    }
    requirePause(botId);
    timedOut.delete(botId);
    const joinedAt = platform.now();
    waiting.set(botId, { joinedAt, endsAt: joinedAt + lifetimeMs() });
  }

  const join = botRoute({ method: 'POST', path: `${base}/join` }, ({ botId, mayPlayRated }) => {
    requireRated(mayPlayRated);
    requireOnline(platform, botId);
    requireQuota(botId);
    enqueue(botId);
    pair();
    return {
      body: {
        status: waiting.has(botId) ? 'queued' : 'matched',
        position: positionOf(botId),
        queue_ttl_seconds: secondsOf(queueTtlMs),
        rated: true,
      },
    };
  });

  const status = botRoute({ method: 'GET', path: `${base}/status` }, ({ botId }) => {
    sweep();
    const entry = waiting.get(botId);
    // Reported once, and then forgotten.
    const over = timedOut.delete(botId);
    return {
      body: {
        status: entry !== undefined ? 'queued' : over ? 'timed_out' : 'idle',
        position: positionOf(botId),
        waiting_seconds: entry === undefined ? null : Math.floor((platform.now() - entry.joinedAt) / 1_000),
        queue_ttl_seconds: secondsOf(queueTtlMs),
      },
    };
  });

  const leave = botRoute({ method: 'POST', path: `${base}/leave` }, ({ botId }) => {
    sweep();
    timedOut.delete(botId);
    return { body: { status: waiting.delete(botId) ? 'left' : 'not_queued' } };
  });

  return [join, status, leave];
}
