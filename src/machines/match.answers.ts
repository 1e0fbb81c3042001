/**
 * Answers to our turns (docs/protocol.md 4): the bot's own, those that are given in its place, and those that wait for a
 * connection. `match.refusals.ts` has what follows an answer that is not taken.
 */
import type { AnswerSource } from '../protocol/events.js';
import type { WireAction } from '../protocol/frames.js';
import { freeAction, safeAction } from '../protocol/safe-action.js';
import { addLatency } from '../time/latency.js';
import { assertEvent } from './assert-event.js';
import { type Answer, copyOfTally, type MatchContext, type MatchUpdate } from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import { isOpen, lastAnswer, newestTurn } from './match.turns.js';

const { assign } = matchBase;
const { commandSocket, report } = matchPorts;

/** The server's clock of this open turn has run out. */
function isTooLate(context: MatchContext, requestId: string): boolean {
  return isOpen(context, requestId) && context.fixed.now() >= newestTurn(context).expiresAt;
}

// --- what is answered in the bot's place ---

/** What is answered when there is no answer of the bot. */
export type Substitute = Pick<Answer, 'action' | 'source'>;

/** A safe action for the newest turn, as an answer; null when there is none, at tables of other games. */
export function safeAnswer({ turn, link }: MatchContext, source: AnswerSource): Substitute | null {
  const offered = turn?.frame.valid_actions ?? [];
  const action = link.isPoker ? safeAction(offered) : freeAction(offered);
  return action === null ? null : { action: { action }, source };
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

/** What can be answered without the bot; null when the turn has to be left to the server. */
function substituteFor(
  context: MatchContext,
  source: AnswerSource,
  proposal?: WireAction,
): Substitute | null {
  return proposal ? { action: proposal, source: 'proposal' as const } : safeAnswer(context, source);
}

// --- what the chart asks and does ---

export const matchAnswers = {
  guards: {
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
  },

  actions: {
    // the bot's own
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
      const { requestId, action: answer } = lastAnswer(context);
      const { matchId: match_id } = context;
      const { action, params } = answer;
      const frame = { type: 'turn_action', match_id, request_id: requestId, action } as const;
      return { type: 'socket.send', frame: params ? { ...frame, params } : frame };
    }),
    // It is sent when the connection is back and the turn is repeated.
    holdAnswerBack: assign(({ context }) => ({ answer: { ...lastAnswer(context), sent: false } })),
    reportAnswer: report(({ context }) => {
      const { requestId, action: answer, source, latencyMs, note } = lastAnswer(context);
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
    reportLate: report(({ context, event }) => {
      assertEvent(event, 'bot.late', 'bot.decided');
      const { requestId, latencyMs, note } = event;
      return { type: 'turn.late', matchId: context.matchId, requestId, latencyMs, ...(note && { note }) };
    }),

    // in its place
    recordOverdue: assign(({ context, event }) => {
      assertEvent(event, 'bot.overdue', 'bot.decided');
      return afterSubstitution(context, 'overdue', (event as { proposal?: WireAction }).proposal);
    }),
    recordSubstitute: assign(({ context, event }) => {
      assertEvent(event, 'bot.failed');
      return afterSubstitution(context, 'failed', event.proposal);
    }),
    reportOverdue: report(({ context, event }) => {
      assertEvent(event, 'bot.overdue', 'bot.decided');
      const { matchId, turn } = context;
      const { requestId } = event;
      return { type: 'turn.overdue', matchId, requestId, ...(turn?.isLeft === true && { left: true }) };
    }),
  },
};
