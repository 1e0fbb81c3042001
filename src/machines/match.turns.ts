/**
 * Our turns (docs/protocol.md 4): asked, repeated, and left to the server. `match.answers.ts` has their answers,
 * `match.table.ts` the end of a turn that nobody answered.
 */
import type { MissedTurn } from '../protocol/events.js';
import type { TurnRequest, TurnResult } from '../protocol/frames.js';
import { assertEvent } from './assert-event.js';
import {
  type Answer,
  copyOfTally,
  type MatchContext,
  type MatchEvent,
  type MatchUpdate,
  matchDefaults,
  type PendingTurn,
  progressed,
} from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import type { BotCommand } from './ports.js';
import { isRecent, withRecentId } from './recent-ids.js';
import { type FrameTiming, namedClockMs, turnClock } from './turn-budget.js';

const { assign } = matchBase;
const { commandBot, report } = matchPorts;

// --- which turn is which ---

/** This turn was asked and has no answer yet. */
export function isOpen({ turn, answer }: MatchContext, requestId: string | undefined): boolean {
  if (turn === null || turn.isLeft) return false;
  return turn.frame.request_id === requestId && answer?.requestId !== requestId;
}

/** Our answer to this turn, if it has one. */
export function answerToTurn({ answer }: MatchContext, requestId: string | undefined): Answer | null {
  return answer?.requestId === requestId ? answer : null;
}

/** The answer, for what follows one that was recorded. */
export const lastAnswer = ({ answer }: MatchContext): Answer => answer as Answer;

/** The newest turn, for what follows only while it is open. */
export const newestTurn = ({ turn }: MatchContext): PendingTurn => turn as PendingTurn;

/** A later turn was asked since: this one is over, however often a network repeats its request. */
function isPast({ asked }: MatchContext, requestId: string): boolean {
  return asked.newest !== requestId && isRecent(asked, requestId);
}

/** The result of our own last turn. A result that was sent before that turn was asked belongs to an earlier one. */
export function isOurResult({ seat, turn }: MatchContext, frame: TurnResult): boolean {
  const { seq = Number.POSITIVE_INFINITY } = frame;
  const isStale = seq <= (turn?.frame.seq ?? Number.NEGATIVE_INFINITY);
  return frame.seat === seat && !isStale;
}

/**
 * The counts of the hand that a frame names. Those of another hand are dropped: the frame that told of the new one may
 * have been lost.
 */
export function inHand(tally: MatchContext['tally'], said: unknown): MatchContext['tally'] {
  const hand = typeof said === 'number' ? said : null;
  if (hand === null || hand === tally.hand) return tally;
  const next = copyOfTally(tally);
  next.hand = hand;
  next.handTimeouts = tally.hand === null ? tally.handTimeouts : 0;
  return next;
}

// --- what a turn changes ---

/** A turn that was not asked before is counted. A repeated one only gets a new clock. */
function afterTurnRequest(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): MatchUpdate {
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
    askedAgain: repeated?.askedAgain ?? 0,
    isLeft: false,
  };
  if (context.asked.newest === frame.request_id) return { turn };
  const tally = copyOfTally(inHand(context.tally, frame.state.hand_number));
  tally.turns += 1;
  const { attempt, seq, link } = progressed(context, Math.max(context.seq, frame.seq ?? 0));
  return {
    turn,
    asked: withRecentId(context.asked, frame.request_id, matchDefaults.rememberedTurns),
    tally,
    attempt,
    seq,
    link,
    seat: frame.seat ?? context.seat,
    // A later turn that does not name its clock, or not as a number, has that of this one.
    turnTimeoutMs: namedClockMs(frame) ?? turnTimeoutMs,
  };
}

/** Nothing is sent for the newest turn any more. */
export function leftToServer({ turn, answer }: MatchContext): MatchUpdate {
  if (turn === null) return {};
  return {
    turn: { ...turn, isLeft: true },
    answer: answer?.requestId === turn.frame.request_id ? null : answer,
  };
}

// --- what the bot is told of a turn that ends without its answer ---

export const abortOf = (context: MatchContext, event: MatchEvent): BotCommand => ({
  type: 'bot.abort',
  requestId: context.turn?.frame.request_id ?? '',
  ...missedTurn(context, event),
});

/** What the bot learns of a turn that it was too slow for; nothing when the turn just ended. */
function missedTurn(context: MatchContext, event: MatchEvent): { missed?: MissedTurn } {
  // The match may have ended without the server playing this turn.
  if (event.type === 'frame.match_end') return {};
  const { isLeft, askedAt } = newestTurn(context);
  if (isLeft) return { missed: { by: 'server', answer: null, waitedMs: context.fixed.now() - askedAt } };
  if (event.type === 'bot.overdue' || event.type === 'bot.decided') {
    const { source, action: answer, latencyMs: waitedMs } = lastAnswer(context);
    return { missed: { by: source === 'proposal' ? 'proposal' : 'agent', answer, waitedMs } };
  }
  const result =
    event.type === 'frame.turn_result' && isOurResult(context, event.frame) ? event.frame.details : null;
  return {
    missed: {
      by: 'server',
      answer: typeof result?.action === 'string' ? { action: result.action } : null,
      waitedMs: context.fixed.now() - askedAt,
    },
  };
}

// --- what the chart asks and does ---

export const matchTurns = {
  guards: {
    isOpenTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request', 'bot.decided', 'bot.overdue', 'bot.failed');
      return isOpen(context, event.type === 'frame.turn_request' ? event.frame.request_id : event.requestId);
    },
    isPastTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return isPast(context, event.frame.request_id);
    },
    isLeftTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return context.turn?.isLeft === true && context.turn.frame.request_id === event.frame.request_id;
    },
    isAnsweredTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return answerToTurn(context, event.frame.request_id) !== null;
    },
    hasHeldBackAnswer: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return answerToTurn(context, event.frame.request_id)?.sent === false;
    },
    needsNoMoreAnswer: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      const { request_id: id } = event.frame;
      return answerToTurn(context, id) !== null && context.repeatedRequestId === id;
    },
  },

  actions: {
    // asked
    recordTurn: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      return afterTurnRequest(context, event.frame, event.timing);
    }),
    askBot: commandBot(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      const { deadlineAt, expiresAt } = newestTurn(context);
      return { type: 'bot.decide', frame: event.frame, deadlineAt, expiresAt };
    }),
    reportTurn: report(({ context }) => ({
      type: 'turn.requested',
      matchId: context.matchId,
      requestId: newestTurn(context).frame.request_id,
      clockMs: Math.round(newestTurn(context).expiresAt - context.fixed.now()),
    })),

    // repeated
    recordRepeat: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      return {
        ...afterTurnRequest(context, event.frame, event.timing),
        repeatedRequestId: event.frame.request_id,
        answer: { ...lastAnswer(context), sent: true },
      };
    }),
    reportRepeat: report(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      const { request_id: requestId } = event.frame;
      const answered = answerToTurn(context, requestId) !== null || isPast(context, requestId);
      return { type: 'turn.repeated', matchId: context.matchId, requestId, answered };
    }),

    // over without an answer of the bot
    leaveTurn: assign(({ context }) => leftToServer(context)),
    stopBotThinking: commandBot(({ context, event }) => abortOf(context, event)),
  },
};
