/**
 * Our turns (docs/protocol.md 4): asked, answered by the bot or in its place, repeated, rejected, and what the bot tells
 * besides. `match.table.ts` has the end of a turn that nobody answered.
 */
import type { AnswerSource, MissedTurn } from '../protocol/events.js';
import type { ActionRejected, TurnRequest, TurnResult, WireAction } from '../protocol/frames.js';
import { isDuplicateRejection } from '../protocol/rejections.js';
import { freeAction, saferAction } from '../protocol/safe-action.js';
import { addLatency } from '../time/latency.js';
import { assertEvent } from './assert-event.js';
import {
  type Answer,
  copyOfTally,
  counted,
  leftToServer,
  type MatchContext,
  type MatchEvent,
  type MatchUpdate,
  matchDefaults,
  type PendingTurn,
  progressed,
  safeAnswer,
} from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import type { BotCommand } from './ports.js';
import { isRecent, withRecentId } from './recent-ids.js';
import { type FrameTiming, namedClockMs, type TurnBudget, turnClock } from './turn-budget.js';

const { assign } = matchBase;
const { commandSocket, commandBot, report } = matchPorts;

// --- which turn is which ---

/** This turn was asked and has no answer yet. */
export function isOpen({ turn, answer }: MatchContext, requestId: string | undefined): boolean {
  if (turn === null || turn.isLeft) return false;
  return turn.frame.request_id === requestId && answer?.requestId !== requestId;
}

/** Our answer to this turn, if it has one. */
function answerTo({ answer }: MatchContext, requestId: string | undefined): Answer | null {
  return answer?.requestId === requestId ? answer : null;
}

/** The answer, for what follows one that was recorded. */
const given = ({ answer }: MatchContext): Answer => answer as Answer;

/** The newest turn, for what follows only while it is open. */
export const newestTurn = ({ turn }: MatchContext): PendingTurn => turn as PendingTurn;

/** The server's clock of this open turn has run out. */
function isTooLate(context: MatchContext, requestId: string): boolean {
  return isOpen(context, requestId) && context.fixed.now() >= newestTurn(context).expiresAt;
}

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

/** The agent answers for a bot that is late or failed: with the bot's own proposal if there is one. */
function afterSubstitution(context: MatchContext, source: AnswerSource, proposal?: WireAction): MatchUpdate {
  const tally = copyOfTally(context.tally);
  const { frame, askedAt } = newestTurn(context);
  const latencyMs = context.fixed.now() - askedAt;
  const { action, source: from } = substituteFor(context, source, proposal) as Substitute;
  tally.latency = addLatency(tally.latency, latencyMs);
  tally.fallbacks += 1;
  return {
    answer: { requestId: frame.request_id, action, source: from, latencyMs, sent: true, rejections: 0 },
    tally,
  };
}

type Substitute = Pick<Answer, 'action' | 'source'>;

/** What can be answered without the bot; null when the turn has to be left to the server. */
function substituteFor(
  context: MatchContext,
  source: AnswerSource,
  proposal?: WireAction,
): Substitute | null {
  return proposal ? { action: proposal, source: 'proposal' as const } : safeAnswer(context, source);
}

/**
 * What to answer after a rejection without the bot; null when nothing is left. The frame of another game may lack its
 * `valid_actions`, and what the decoder puts there is poker: only what the turn has offered counts.
 */
function saferThanRejected(context: MatchContext, { valid_actions: valid }: ActionRejected): string | null {
  const refused = given(context).action.action;
  if (context.link.isPoker) return saferAction(valid, refused);
  const { valid_actions: offered } = newestTurn(context).frame;
  return freeAction(offered.filter((action) => action !== refused && valid.includes(action)));
}

/** The time that the bot would have for another answer, from now on, in ms. */
function timeAfterRejection(context: MatchContext, { remaining_ms: saidMs }: ActionRejected): TurnBudget {
  const { expiresAt, deadlineAt } = newestTurn(context);
  const leftMs = Math.min(expiresAt - context.fixed.now(), saidMs ?? Number.POSITIVE_INFINITY);
  return { leftMs, thinkMs: leftMs - (expiresAt - deadlineAt) };
}

/** The rejection is of the answer to the newest turn: the server reads the next frame as an answer to that. */
function rejectsOpenTurn({ turn, answer }: MatchContext, { request_id: id }: ActionRejected): boolean {
  if (answer === null || turn?.frame.request_id !== answer.requestId) return false;
  return id === undefined || id === answer.requestId;
}

/** A safe answer takes the place of one that could not be sent or was rejected. */
function afterRefusal(context: MatchContext, source: 'rejected' | 'refused', action: string): MatchUpdate {
  const answer = given(context);
  return {
    ...(answer.source === 'bot' && counted(context, 'fallbacks')),
    answer: { ...answer, action: { action }, source, rejections: answer.rejections + 1 },
  };
}

/** The socket could not send our answer, which was not replaced before. */
function refusesAnswer(context: MatchContext, event: MatchEvent): boolean {
  assertEvent(event, 'socket.refused');
  // Once the server has closed a turn, whatever we send would be read as the answer to another one.
  const isOfNewest = context.turn?.frame.request_id === event.requestId;
  return event.why !== 'not_open' && isOfNewest && answerTo(context, event.requestId)?.rejections === 0;
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
    const { source, action: answer, latencyMs: waitedMs } = given(context);
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
    isPastTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return isPast(context, event.frame.request_id);
    },
    isAnsweredTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return answerTo(context, event.frame.request_id) !== null;
    },
    hasHeldBackAnswer: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return answerTo(context, event.frame.request_id)?.sent === false;
    },
    needsNoMoreAnswer: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      const { request_id: id } = event.frame;
      return answerTo(context, id) !== null && context.repeatedRequestId === id;
    },
    isOpenTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request', 'bot.decided', 'bot.overdue', 'bot.failed');
      return isOpen(context, event.type === 'frame.turn_request' ? event.frame.request_id : event.requestId);
    },
    isCorrectedAnswer: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'bot.decided');
      return event.correction !== undefined && isOpen(context, event.requestId);
    },
    cameTooLate: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'bot.decided');
      return isTooLate(context, event.requestId);
    },
    cameTooLateAndHasSubstitute: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'bot.decided');
      return isTooLate(context, event.requestId) && safeAnswer(context, 'overdue') !== null;
    },
    hasSubstitute: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'bot.overdue', 'bot.failed');
      return isOpen(context, event.requestId) && substituteFor(context, 'overdue', event.proposal) !== null;
    },
    isLeftTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_request');
      return context.turn?.isLeft === true && context.turn.frame.request_id === event.frame.request_id;
    },
    canAskAgain: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      return (
        !context.link.isPoker &&
        rejectsOpenTurn(context, event.frame) &&
        given(context).source === 'bot' &&
        newestTurn(context).askedAgain < matchDefaults.maxCorrections &&
        timeAfterRejection(context, event.frame).thinkMs > 0
      );
    },
    isDuplicate: ({ event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      return isDuplicateRejection(event.frame);
    },
    canAnswerAgain: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      const { remaining_ms: left } = event.frame;
      if (!rejectsOpenTurn(context, event.frame)) return false;
      if (saferThanRejected(context, event.frame) === null) return false;
      const inTime = left === undefined ? context.fixed.now() < newestTurn(context).expiresAt : left > 0;
      return inTime && given(context).rejections < matchDefaults.maxCorrections;
    },
    refusesOurAnswer: ({ context, event }: MatchMoment) =>
      refusesAnswer(context, event) && safeAnswer(context, 'refused') !== null,
    refusesOurOnlyAnswer: ({ context, event }: MatchMoment) => refusesAnswer(context, event),
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

    // answered
    recordDecision: assign(({ context, event }) => {
      assertEvent(event, 'bot.decided');
      const { requestId, answer: action, latencyMs, correction, note } = event;
      const tally = copyOfTally(context.tally);
      tally.latency = addLatency(tally.latency, latencyMs);
      if (correction !== undefined) tally.corrections += 1;
      const answer: Answer = { requestId, action, source: 'bot', latencyMs, sent: true, rejections: 0 };
      return { answer: note ? { ...answer, note } : answer, tally };
    }),
    sendAnswer: commandSocket(({ context }) => {
      const { requestId, action: answer } = given(context);
      const { matchId: match_id } = context;
      const { action, params } = answer;
      const frame = { type: 'turn_action', match_id, request_id: requestId, action } as const;
      return { type: 'socket.send', frame: params ? { ...frame, params } : frame };
    }),
    // It is sent when the connection is back and the turn is repeated.
    holdAnswerBack: assign(({ context }) => ({ answer: { ...given(context), sent: false } })),
    reportAnswer: report(({ context }) => {
      const { requestId, action: answer, source, latencyMs, note } = given(context);
      const { matchId } = context;
      const told = { type: 'turn.answered', matchId, requestId, answer, source, latencyMs } as const;
      // Of an answer that took the place of the bot's it says nothing.
      return note && source === 'bot' ? { ...told, note } : told;
    }),
    reportCorrection: report(({ context, event }) => {
      assertEvent(event, 'bot.decided');
      const { requestId, answer: sent, correction } = event;
      const { why, asked } = correction as NonNullable<typeof correction>;
      return { type: 'turn.corrected', matchId: context.matchId, requestId, why, asked, sent };
    }),

    // answered in the bot's place
    recordOverdue: assign(({ context, event }) => {
      assertEvent(event, 'bot.overdue', 'bot.decided');
      return afterSubstitution(context, 'overdue', (event as { proposal?: WireAction }).proposal);
    }),
    recordSubstitute: assign(({ context, event }) => {
      assertEvent(event, 'bot.failed');
      return afterSubstitution(context, 'failed', event.proposal);
    }),
    stopBotThinking: commandBot(({ context, event }) => abortOf(context, event)),
    reportOverdue: report(({ context, event }) => {
      assertEvent(event, 'bot.overdue', 'bot.decided');
      const { matchId, turn } = context;
      const { requestId } = event;
      return { type: 'turn.overdue', matchId, requestId, ...(turn?.isLeft === true && { left: true }) };
    }),
    reportLate: report(({ context, event }) => {
      assertEvent(event, 'bot.late', 'bot.decided');
      const { requestId, latencyMs, note } = event;
      return { type: 'turn.late', matchId: context.matchId, requestId, latencyMs, ...(note && { note }) };
    }),

    // repeated
    recordRepeat: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      return {
        ...afterTurnRequest(context, event.frame, event.timing),
        repeatedRequestId: event.frame.request_id,
        answer: { ...given(context), sent: true },
      };
    }),
    reportRepeat: report(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      const { request_id: requestId } = event.frame;
      const answered = answerTo(context, requestId) !== null || isPast(context, requestId);
      return { type: 'turn.repeated', matchId: context.matchId, requestId, answered };
    }),

    // rejected by the server, or refused by the socket
    recordRejection: assign(({ context }) => counted(context, 'rejections')),
    replaceRejected: assign(({ context, event }) => {
      assertEvent(event, 'frame.action_rejected');
      return afterRefusal(context, 'rejected', saferThanRejected(context, event.frame) as string);
    }),
    replaceRefused: assign(({ context }) =>
      afterRefusal(context, 'refused', (safeAnswer(context, 'refused') as Substitute).action.action),
    ),
    reopenTurn: assign(({ context, event }) => {
      assertEvent(event, 'frame.action_rejected');
      const turn = newestTurn(context);
      const now = context.fixed.now();
      const { leftMs, thinkMs } = timeAfterRejection(context, event.frame);
      return {
        answer: null,
        turn: {
          ...turn,
          askedAgain: turn.askedAgain + 1,
          deadlineAt: now + thinkMs,
          expiresAt: now + leftMs,
        },
      };
    }),
    askBotAgain: commandBot(({ context, event }) => {
      assertEvent(event, 'frame.action_rejected');
      const { frame, deadlineAt, expiresAt } = newestTurn(context);
      return { type: 'bot.decide', frame, deadlineAt, expiresAt, rejection: event.frame };
    }),
    leaveTurn: assign(({ context }) => leftToServer(context)),
    reportRejection: report(({ context, event }, { retried }: { retried: boolean }) => {
      assertEvent(event, 'frame.action_rejected');
      const { request_id: requestId = null, reason = null, message = null } = event.frame;
      return { type: 'turn.rejected', matchId: context.matchId, requestId, reason, message, retried };
    }),

    // what the bot tells besides
    reportBotFailure: report(({ context: { matchId }, event }) => {
      assertEvent(event, 'bot.failed');
      const { hook, message, place = null, error, note, terminated: why } = event;
      if (why !== undefined) return { type: 'bot.terminated', matchId, why, message, error };
      return { type: 'bot.failed', matchId, hook, message, place, error, ...(note && { note }) };
    }),
    reportRestart: report(({ context, event }) => {
      assertEvent(event, 'bot.restarted');
      const { replayed, restored } = event;
      return { type: 'bot.restarted', matchId: context.matchId, replayed, restored };
    }),
    reportSlowHook: report(({ context, event }) => {
      assertEvent(event, 'bot.slow');
      return { type: 'bot.slow', matchId: context.matchId, hook: event.hook, waitedMs: event.waitedMs };
    }),
    reportUnreadCard: report(({ context, event }) => {
      assertEvent(event, 'bot.unread');
      return { type: 'card.unread', matchId: context.matchId, field: event.field, found: event.found };
    }),
  },
};
