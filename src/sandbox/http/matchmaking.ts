/** The rated queue: the two bots that have waited longest play each other (docs/protocol.md 7). */
import { type Parts, requireOnline, requireRated } from './dispatch.js';
import { HttpError, tooMany } from './http-error.js';
import { secondsOf } from './limits.js';
import { botRoute, type Route } from './routes.js';

const base = '/api/external-api/matchmaking';

/** Makes the queue, and returns its routes. */
export function createMatchmaking({ platform, limits, dispatch, after }: Parts): Route[] {
  const { queueTtlMs, pairAgainMs, maxQueued, queueDecisionTimeoutMs } = limits;
  /** When each bot joined, the earliest first. */
  const waiting = new Map<string, number>();
  /** Bots whose time in the queue is over and who have not asked since. */
  const timedOut = new Set<string>();
  let retry: { cancel(): void } | null = null;

  const positionOf = (botId: string): number | null =>
    waiting.has(botId) ? [...waiting.keys()].indexOf(botId) + 1 : null;

  /** Removes bots that waited too long, went offline, or may no longer play rated matches. */
  function sweep(): void {
    for (const [botId, since] of waiting) {
      if (platform.now() - since >= queueTtlMs) rememberTimeOut(botId);
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

  function enqueue(botId: string): void {
    sweep();
    timedOut.delete(botId);
    if (waiting.has(botId)) return;
    if (waiting.size >= maxQueued) {
      throw tooMany('SANDBOX_QUEUE_FULL', 'The queue is full.', secondsOf(pairAgainMs));
    }
    waiting.set(botId, platform.now());
  }

  const join = botRoute({ method: 'POST', path: `${base}/join` }, ({ botId, mayPlayRated }) => {
    requireRated(mayPlayRated);
    requireOnline(platform, botId);
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
    const since = waiting.get(botId);
    // Reported once, and then forgotten.
    const over = timedOut.delete(botId);
    return {
      body: {
        status: since !== undefined ? 'queued' : over ? 'timed_out' : 'idle',
        position: positionOf(botId),
        waiting_seconds: since === undefined ? null : Math.floor((platform.now() - since) / 1_000),
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
