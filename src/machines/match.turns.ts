/** How the memory of a match changes with its turns: asked, answered, repeated, refused. `match.over.ts` has their end. */
import type { AnswerSource } from '../protocol/events.js';
import type { MatchStart, TurnRequest, WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';
import { addLatency } from './latency.js';
import {
  counted,
  type MatchContext,
  matchDefaults,
  type PendingTurn,
  progressed,
  type Update,
} from './match.context.js';
import type { BotEvent } from './ports.js';
import { type FrameTiming, turnClock } from './turn-budget.js';

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
    connection: context.tally.connections,
  };
  if (context.asked.at(-1) === frame.request_id) return { turn };
  return {
    turn,
    asked: [...context.asked.slice(1 - matchDefaults.rememberedTurns), frame.request_id],
    ...counted({ ...context, tally: inHand(context.tally, frame.state.hand_number) }, 'turns'),
    ...progressed(context, Math.max(context.seq, frame.seq ?? 0)),
    ...(frame.seat !== undefined && { seat: frame.seat }),
  };
}

/** Of a hand that is another than the one before nothing is counted yet: nobody may have told that it began. */
export function inHand(tally: MatchContext['tally'], said: unknown): MatchContext['tally'] {
  const hand = typeof said === 'number' ? said : null;
  if (hand === null || hand === tally.hand) return tally;
  return { ...tally, hand, handTimeouts: tally.hand === null ? tally.handTimeouts : 0 };
}

/** An answered turn is asked again: the answer goes out once more. */
export function afterRepeat(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): Update {
  return {
    ...afterTurnRequest(context, frame, timing),
    repeatedRequestId: frame.request_id,
    answer: context.answer && { ...context.answer, sent: true },
  };
}

/** This turn was asked and has no answer yet. */
export function isOpen({ turn, answer }: MatchContext, requestId: string | undefined): boolean {
  return turn !== null && turn.frame.request_id === requestId && answer?.requestId !== requestId;
}

export function isAnswered({ answer }: MatchContext, requestId: string | undefined): boolean {
  return answer !== null && answer.requestId === requestId;
}

/** A later turn was asked since: this one is over, however often a network repeats its request. */
export function isPast({ asked }: MatchContext, requestId: string): boolean {
  return asked.at(-1) !== requestId && asked.includes(requestId);
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

export function safeAnswer(
  { turn }: MatchContext,
  source: AnswerSource,
): { action: WireAction; source: AnswerSource } {
  return { action: { action: safeAction(turn?.frame.valid_actions ?? []) }, source };
}

/** The answer makes way for one that is safe, because it could not be sent or was rejected. */
export function afterRefusal(
  context: MatchContext,
  source: 'rejected' | 'refused',
  action: string | null,
): Update {
  const { answer } = context;
  if (answer === null || action === null) return {};
  return {
    ...(answer.source === 'bot' && counted(context, 'fallbacks')),
    answer: { ...answer, action: { action }, source, rejections: answer.rejections + 1 },
  };
}
