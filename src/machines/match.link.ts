/** How the memory of a match changes when its connection is lost, and when it is back. */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { AbandonReason } from '../protocol/results.js';
import { describeLoss, lossOf } from './loss.js';
import { counted, linked, type MatchContext, type Update } from './match.context.js';
import { heldForMs, holdDefaults, holdDelay, seatIsOurs } from './match.hold.js';
import { safeAnswer } from './match.turns.js';
import type { SocketClosed } from './ports.js';

/** What the close table says of a loss; a phase that took too long counts as a broken connection. */
function verdictOn(context: MatchContext, closed: SocketClosed): Verdict {
  return verdictOf({
    leg: 'match',
    code: closed.code,
    reason: closed.reason,
    ...(closed.httpStatus !== undefined && { httpStatus: closed.httpStatus }),
    ...(context.link.lastError !== null && { lastError: context.link.lastError }),
  });
}

/** Why this loss ends the match, or null when it is worth another attempt. */
export function givingUp(
  context: MatchContext,
  closed: SocketClosed,
): { why: AbandonReason; detail: string } | null {
  const verdict = verdictOn(context, closed);
  if (verdict.action === 'abandon' && !(verdict.onlyAfterGrace && isWithinGrace(context))) {
    return { why: verdict.why, detail: verdict.detail };
  }
  if (verdict.action === 'retry' && verdict.once && context.link.oversizeCloses > 0) {
    return {
      why: 'frame_too_large',
      detail: 'The gateway closed twice because a frame of ours was too large.',
    };
  }
  const detail = exhaustion(context);
  return detail === null
    ? null
    : {
        why: 'reconnects_exhausted',
        detail: `The connection was lost (${describeLoss(closed)}) and ${detail}.`,
      };
}

const isWithinGrace = (context: MatchContext): boolean =>
  seatIsOurs(context) && heldForMs(context) < holdDefaults.graceMs;

/** How the reconnects are used up, as the end of a sentence, or null. */
function exhaustion(context: MatchContext): string | null {
  const { link, fixed } = context;
  const { maxReconnectAttempts } = seatIsOurs(context) ? fixed.retry.named : fixed.retry;
  if (maxReconnectAttempts !== undefined && link.reconnects >= maxReconnectAttempts) {
    return `the retry policy allows ${maxReconnectAttempts} failed reconnects in a row`;
  }
  if (!seatIsOurs(context)) return null;
  if (link.heldSince === null && link.barren >= holdDefaults.maxBarren) {
    return `${link.barren} connections in a row brought nothing new`;
  }
  if (heldForMs(context) < holdDefaults.holdMs) return null;
  return `the seat could not be taken back in ${Math.round(heldForMs(context) / 1000)} s`;
}

export function afterLoss(context: MatchContext, closed: SocketClosed): Update {
  const verdict = verdictOn(context, closed);
  const oversize = verdict.action === 'retry' && verdict.once === true;
  const attempt = context.attempt + 1;
  const { link, fixed } = context;
  return {
    ...linked(context, {
      loss: lossOf(closed),
      retryDelayMs: holdDelay(context, attempt, {
        slow: verdict.action === 'retry' && verdict.slow === true,
        ...(closed.retryAfterMs !== undefined && { retryAfterMs: closed.retryAfterMs }),
      }),
      heldSince: link.heldSince ?? fixed.now(),
      reconnects: link.reconnects + 1,
      lastError: null,
      oversizeCloses: link.oversizeCloses + (oversize ? 1 : 0),
    }),
    attempt,
    repeatedRequestId: null,
    // The frame that was too large must not go out again.
    ...(oversize && context.answer && { answer: { ...context.answer, ...safeAnswer(context, 'refused') } }),
  };
}

/** The server has greeted us: the seat is ours, and whether it was worth it shows in what comes. */
export function afterGreeting(context: MatchContext): Update {
  const { barren } = context.link;
  return {
    ...counted(context, 'connections'),
    ...linked(context, { heldSince: null, reconnects: 0, barren: barren + 1 }),
  };
}
