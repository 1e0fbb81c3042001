/** Answers that are not taken: rejected by the server (docs/protocol.md 4), or refused by our own socket. */
import type { ActionRejected } from '../protocol/frames.js';
import { isDuplicateRejection } from '../protocol/rejections.js';
import { freeAction, saferAction } from '../protocol/safe-action.js';
import { assertEvent } from './assert-event.js';
import { type Substitute, safeAnswer } from './match.answers.js';
import {
  counted,
  type MatchContext,
  type MatchEvent,
  type MatchUpdate,
  matchDefaults,
} from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import { answerToTurn, lastAnswer, newestTurn } from './match.turns.js';
import type { TurnBudget } from './turn-budget.js';

const { assign } = matchBase;
const { commandBot, report } = matchPorts;

/**
 * What to answer after a rejection without the bot; null when nothing is left. The frame of another game may lack its
 * `valid_actions`, and what the decoder puts there is poker: only what the turn has offered counts.
 */
function saferThanRejected(context: MatchContext, { valid_actions: valid }: ActionRejected): string | null {
  const refused = lastAnswer(context).action.action;
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
  const answer = lastAnswer(context);
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
  return event.why !== 'not_open' && isOfNewest && answerToTurn(context, event.requestId)?.rejections === 0;
}

// --- what the chart asks and does ---

export const matchRefusals = {
  guards: {
    isDuplicate: ({ event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      return isDuplicateRejection(event.frame);
    },
    canAskAgain: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      return (
        !context.link.isPoker &&
        rejectsOpenTurn(context, event.frame) &&
        lastAnswer(context).source === 'bot' &&
        newestTurn(context).askedAgain < matchDefaults.maxCorrections &&
        timeAfterRejection(context, event.frame).thinkMs > 0
      );
    },
    canAnswerAgain: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.action_rejected');
      const { remaining_ms: left } = event.frame;
      if (!rejectsOpenTurn(context, event.frame)) return false;
      if (saferThanRejected(context, event.frame) === null) return false;
      const inTime = left === undefined ? context.fixed.now() < newestTurn(context).expiresAt : left > 0;
      return inTime && lastAnswer(context).rejections < matchDefaults.maxCorrections;
    },
    refusesOurAnswer: ({ context, event }: MatchMoment) =>
      refusesAnswer(context, event) && safeAnswer(context, 'refused') !== null,
    refusesOurOnlyAnswer: ({ context, event }: MatchMoment) => refusesAnswer(context, event),
  },

  actions: {
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
    reportRejection: report(({ context, event }, { retried }: { retried: boolean }) => {
      assertEvent(event, 'frame.action_rejected');
      const { request_id: requestId = null, reason = null, message = null } = event.frame;
      return { type: 'turn.rejected', matchId: context.matchId, requestId, reason, message, retried };
    }),
  },
};
