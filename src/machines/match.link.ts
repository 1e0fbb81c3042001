/** How the memory of a match changes when its connection is lost, and when it is back. */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { AbandonReason } from '../protocol/results.js';
import { describeLoss, lossOf } from './loss.js';
import { linked, type MatchContext, type Update } from './match.context.js';
import { safeAnswer } from './match.turns.js';
import type { SocketClosed } from './ports.js';
import { reconnectDelay } from './retry.js';

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
  if (verdict.action === 'abandon') return { why: verdict.why, detail: verdict.detail };
  if (verdict.action === 'retry' && verdict.once && context.link.oversizeCloses > 0) {
    return {
      why: 'frame_too_large',
      detail: 'The gateway closed twice because a frame of ours was too large.',
    };
  }
  const limit = context.fixed.retryPolicy.maxReconnectAttempts;
  if (context.attempt >= limit) {
    return {
      why: 'reconnects_exhausted',
      detail: `The connection was lost (${describeLoss(closed)}) and ${limit} reconnects brought nothing new.`,
    };
  }
  return null;
}

export function afterLoss(context: MatchContext, closed: SocketClosed): Update {
  const verdict = verdictOn(context, closed);
  const oversize = verdict.action === 'retry' && verdict.once === true;
  const attempt = context.attempt + 1;
  return {
    ...linked(context, {
      loss: lossOf(closed),
      retryDelayMs: reconnectDelay(context.fixed.retryPolicy, attempt, context.fixed.random, {
        slow: verdict.action === 'retry' && verdict.slow === true,
        ...(closed.retryAfterMs !== undefined && { retryAfterMs: closed.retryAfterMs }),
      }),
      lastError: null,
      oversizeCloses: context.link.oversizeCloses + (oversize ? 1 : 0),
    }),
    attempt,
    repeatedRequestId: null,
    // The frame that was too large must not go out again.
    ...(oversize && context.answer && { answer: { ...context.answer, ...safeAnswer(context, 'refused') } }),
  };
}
