/** How the memory of a match changes with its turns: asked, answered, repeated, refused, over. */
import type { AnswerSource, MissedTurn } from '../protocol/events.js';
import type { MatchStart, TurnRequest, TurnResult, WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';
import { addLatency } from './latency.js';
import {
  counted,
  isProgress,
  type MatchContext,
  type MatchEvent,
  type PendingTurn,
  type Update,
} from './match.context.js';
import type { BotEvent } from './ports.js';
import { type FrameTiming, turnClock } from './turn-clock.js';

export function afterMatchStart(frame: MatchStart): Update {
  return {
    ...(frame.your_seat !== undefined && { seat: frame.your_seat }),
    ...(frame.turn_timeout_ms !== undefined && { turnTimeoutMs: frame.turn_timeout_ms }),
  };
}

/** A decision that was not asked before, or one that is repeated: its clock starts again, and nothing is counted. */
export function afterTurnRequest(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): Update {
  const { turnTimeoutMs, fixed } = context;
  const { decisionTimeoutMs, marginMs } = fixed;
  const { leftMs, thinkMs } = turnClock(frame, {
    known: [decisionTimeoutMs, turnTimeoutMs],
    timing,
    marginMs,
  });
  const now = fixed.now();
  const repeated = context.turn?.frame.request_id === frame.request_id ? context.turn : null;
  const turn: PendingTurn = {
    frame,
    askedAt: repeated?.askedAt ?? now,
    deadlineAt: now + thinkMs,
    expiresAt: now + leftMs,
  };
  if (repeated !== null || isAnswered(context, frame.request_id)) return { turn };
  return {
    turn,
    ...counted(context, 'turns'),
    attempt: 0,
    seq: Math.max(context.seq, frame.seq ?? 0),
    ...(frame.seat !== undefined && { seat: frame.seat }),
  };
}

/** An answered turn is asked again: the answer goes out once more. */
export function afterRepeat(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): Update {
  return {
    ...afterTurnRequest(context, frame, timing),
    repeatedRequestId: frame.request_id,
    answer: context.answer && { ...context.answer, sent: true },
  };
}

/** The result of our own last turn; one that was sent before that turn was asked belongs to an earlier one. */
export function isOurResult({ seat, turn }: MatchContext, frame: TurnResult): boolean {
  const isStale = frame.seq !== undefined && turn?.frame.seq !== undefined && frame.seq <= turn.frame.seq;
  return seat !== null && frame.seat === seat && !isStale;
}

/** The server has closed our turn. */
export function afterTurnResult(context: MatchContext, frame: TurnResult): Update {
  return { turn: null, ...(isProgress(context, frame.seq) && { attempt: 0, seq: frame.seq }) };
}

/** This turn was asked and has no answer yet. */
export function isOpen({ turn, answer }: MatchContext, requestId: string | undefined): boolean {
  return turn !== null && turn.frame.request_id === requestId && answer?.requestId !== requestId;
}

export function isAnswered({ answer }: MatchContext, requestId: string | undefined): boolean {
  return answer !== null && answer.requestId === requestId;
}

export function hasOpenTurn(context: MatchContext): boolean {
  return context.turn !== null && isOpen(context, context.turn.frame.request_id);
}

/** The answer of the bot itself. */
export function afterDecided(
  { tally }: MatchContext,
  event: Extract<BotEvent, { type: 'bot.decided' }>,
): Update {
  const { requestId, answer, latencyMs, correction } = event;
  return {
    answer: { requestId, action: answer, source: 'bot', latencyMs, sent: true, rejections: 0 },
    tally: {
      ...tally,
      latency: addLatency(tally.latency, latencyMs),
      corrections: tally.corrections + (correction ? 1 : 0),
    },
  };
}

/** The answer of the agent for a bot that is late or failed: its own proposal if there is one. */
export function afterSubstitution(
  context: MatchContext,
  source: AnswerSource,
  proposal?: WireAction,
): Update {
  const { tally } = context;
  if (context.turn === null) return {};
  const latencyMs = context.fixed.now() - context.turn.askedAt;
  const substitute = proposal
    ? { action: proposal, source: 'proposal' as const }
    : safeAnswer(context, source);
  return {
    answer: { requestId: context.turn.frame.request_id, latencyMs, sent: true, rejections: 0, ...substitute },
    tally: {
      ...tally,
      latency: addLatency(tally.latency, latencyMs),
      fallbacks: tally.fallbacks + 1,
    },
  };
}

/** What the bot is to know of a turn that it was too slow for; nothing of one that it was not. */
export function missedTurn(context: MatchContext, event: MatchEvent): { missed?: MissedTurn } {
  const { turn, answer } = context;
  if (turn === null) return {};
  if (event.type === 'bot.overdue' || event.type === 'bot.decided') {
    if (answer === null) return {};
    const by = answer.source === 'proposal' ? 'proposal' : 'agent';
    return { missed: { by, answer: answer.action, waitedMs: answer.latencyMs } };
  }
  const byServer = (action: unknown): { missed: MissedTurn } => ({
    missed: {
      by: 'server',
      answer: typeof action === 'string' ? { action } : null,
      waitedMs: context.fixed.now() - turn.askedAt,
    },
  });
  if (event.type === 'frame.action_timeout') return byServer(null);
  const isTimeout = event.type === 'frame.turn_result' && event.frame.details.is_timeout === true;
  return isTimeout ? byServer(event.frame.details.action) : {};
}

export function safeAnswer(
  { turn }: MatchContext,
  source: AnswerSource,
): { action: WireAction; source: AnswerSource } {
  return { action: { action: safeAction(turn?.frame.valid_actions ?? []) }, source };
}

/** The answer that could not be sent or was rejected makes way for one that is safe. */
export function afterRefusal(
  context: MatchContext,
  source: 'rejected' | 'refused',
  validActions: readonly string[],
): Update {
  const { answer } = context;
  if (answer === null) return {};
  return {
    ...(answer.source === 'bot' && counted(context, 'fallbacks')),
    answer: {
      ...answer,
      action: { action: safeAction(validActions, answer.action.action) },
      source,
      rejections: answer.rejections + 1,
    },
  };
}
