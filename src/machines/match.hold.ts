/**
 * How long a seat may be held for us, and how it is dialed in that time (docs/protocol.md 8.3). The platform gives a
 * seat away about 30 s after its connection was lost, on some deployments after 300 s, and does not say which.
 */
import type { MatchContext } from './match.context.js';
import { backoffMs, jittered, type ReconnectHints, type RetryRules, reconnectDelay } from './retry.js';

/** Durations in milliseconds. */
export const holdDefaults = {
  /** One dial: from its start to the server's `hello`. */
  dialMs: 5_000,
  /** The pace of the first reconnects: 0.25 s, doubled until it is `graceDelayMs`. */
  firstDelayMs: 250,
  growth: 2,
  /** Until here every platform may hold the seat, and every second counts. */
  graceMs: 35_000,
  graceDelayMs: 1_000,
  /** Until here some may. */
  holdMs: 300_000,
  holdDelayMs: 10_000,
  /** Connections in a row that were greeted and brought nothing new: more are no use. */
  maxBarren: 10,
};

/**
 * The lobby announced the seat, or the gateway has greeted us at it: it is ours until it is given away. A match that
 * only its URL speaks for may not exist.
 */
export const seatIsOurs = ({ fixed, tally }: MatchContext): boolean =>
  fixed.announced || tally.connections > 0;

/** Since the last connection that was greeted was lost; before the first: since the match was announced. */
export function heldForMs({ link, fixed }: MatchContext): number {
  return link.heldSince === null ? 0 : fixed.now() - link.heldSince;
}

/** What is left of the time for one dial. */
export function dialLeftMs({ link, fixed }: MatchContext): number {
  return Math.max(0, holdDefaults.dialMs - (fixed.now() - link.dialedAt));
}

/** The wait before reconnect number `attempt` since the match last went on. */
export function holdDelay(context: MatchContext, attempt: number, hints: ReconnectHints): number {
  const { retry, random } = context.fixed;
  if (!seatIsOurs(context)) return reconnectDelay(retry, attempt, random, hints);
  const { holdMs, graceMs } = holdDefaults;
  const heldMs = heldForMs(context);
  const pauseMs = jittered(paceMs(retry.named, attempt, heldMs), random());
  const delayMs = Math.max(pauseMs - failedDialMs(context), Math.min(pauseMs, holdDefaults.firstDelayMs));
  // Whoever waits as long as a busy server wishes for comes back to a seat that was given away.
  const askedMs =
    heldMs < graceMs ? 0 : Math.max(hints.retryAfterMs ?? 0, hints.slow ? holdDefaults.holdDelayMs : 0);
  return Math.ceil(Math.min(Math.max(delayMs, askedMs), Math.max(0, holdMs - heldMs)));
}

/** The pace is from dial to dial: what the one that failed took is over already. */
function failedDialMs({ link, fixed }: MatchContext): number {
  return link.heldSince === null ? 0 : fixed.now() - link.dialedAt;
}

/** The platform's patience makes the pace; of a policy counts what was named. */
function paceMs(named: RetryRules['named'], attempt: number, heldMs: number): number {
  const { firstDelayMs, growth, graceMs, graceDelayMs, holdDelayMs } = holdDefaults;
  const initialBackoffMs = named.initialBackoffMs ?? firstDelayMs;
  const longestMs = Math.max(initialBackoffMs, heldMs < graceMs ? graceDelayMs : holdDelayMs);
  const maxBackoffMs = Math.min(longestMs, named.maxBackoffMs ?? longestMs);
  return backoffMs(
    { initialBackoffMs, maxBackoffMs, backoffMultiplier: named.backoffMultiplier ?? growth },
    attempt,
  );
}
