/** What the match statechart asks before it moves, by the names the chart uses. */
import { assertEvent } from 'xstate';
import { wire } from '../protocol/frames.js';
import { saferAction } from '../protocol/safe-action.js';
import { closedOf } from './loss.js';
import { isProgress, type MatchContext, type MatchEvent, matchDefaults } from './match.context.js';
import { givingUp } from './match.link.js';
import { isOurResult, isUnsent, provesOver, unseenTimeouts } from './match.over.js';
import { isAnswered, isOpen, isPast } from './match.turns.js';

interface Args {
  context: MatchContext;
  event: MatchEvent;
}

export const matchGuards = {
  isComingBack: ({ context }: Args) => context.fixed.resume || context.tally.connections > 0,
  cannotReconnect: ({ context, event }: Args) => givingUp(context, closedOf(event)) !== null,
  sharesNoVersion: ({ event }: Args) => {
    assertEvent(event, 'frame.hello');
    const { selected_version: selected, supported_versions: supported = [] } = event.frame;
    const known = selected === undefined ? supported : [selected, ...supported];
    return known.length > 0 && !known.includes(wire.protocolVersion);
  },
  isPastTurn: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_request');
    return isPast(context, event.frame.request_id);
  },
  isAnsweredTurn: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_request');
    return isAnswered(context, event.frame.request_id);
  },
  hasHeldBackAnswer: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_request');
    return isAnswered(context, event.frame.request_id) && context.answer?.sent === false;
  },
  needsNoMoreAnswer: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_request');
    return (
      isAnswered(context, event.frame.request_id) && context.repeatedRequestId === event.frame.request_id
    );
  },
  isOpenTurn: ({ context, event }: Args) => {
    assertEvent(event, ['frame.turn_request', 'bot.decided', 'bot.overdue', 'bot.failed']);
    return isOpen(context, event.type === 'frame.turn_request' ? event.frame.request_id : event.requestId);
  },
  isCorrectedAnswer: ({ context, event }: Args) => {
    assertEvent(event, 'bot.decided');
    return event.correction !== undefined && isOpen(context, event.requestId);
  },
  cameTooLate: ({ context, event }: Args) => {
    assertEvent(event, 'bot.decided');
    return isOpen(context, event.requestId) && context.fixed.now() >= (context.turn?.expiresAt ?? 0);
  },
  provesOurTurnOver: ({ context, event }: Args) => provesOver(context, event),
  closesAnsweredTurn: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_result');
    return isOurResult(context, event.frame) && event.frame.details.is_timeout !== true && !isUnsent(context);
  },
  closesOurTurn: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_result');
    return isOurResult(context, event.frame);
  },
  serverPlayedForUs: ({ context, event }: Args) => {
    assertEvent(event, 'frame.turn_result');
    return isOurResult(context, event.frame) && event.frame.details.is_timeout === true;
  },
  timesOutAnotherTurn: ({ context, event }: Args) => {
    assertEvent(event, 'frame.action_timeout');
    const { request_id: id } = event.frame;
    return id !== undefined && context.turn !== null && context.turn.frame.request_id !== id;
  },
  tellsOfTimeouts: ({ context, event }: Args) => {
    assertEvent(event, 'frame.round_result');
    return unseenTimeouts(context, event.frame).length > 0;
  },
  isNewKind: ({ context, event }: Args) => !context.tally.unexpected.includes(event.type),
  isProgress: ({ context, event }: Args) => {
    assertEvent(event, ['frame.round_start', 'frame.turn_result', 'frame.phase_change']);
    return isProgress(context, event.frame.seq);
  },
  isDuplicate: ({ event }: Args) => {
    assertEvent(event, 'frame.action_rejected');
    const { reason = '', message = '' } = event.frame;
    return /duplicate/i.test(`${reason} ${message}`);
  },
  canAnswerAgain: ({ context, event }: Args) => {
    assertEvent(event, 'frame.action_rejected');
    const { request_id: id, remaining_ms: left, valid_actions: valid } = event.frame;
    const { answer, turn } = context;
    // Only the turn that is still open may be answered: the server reads the next frame as an answer to it.
    if (answer === null || turn?.frame.request_id !== answer.requestId) return false;
    if (id !== undefined && id !== answer.requestId) return false;
    if (saferAction(valid, answer.action.action) === null) return false;
    const inTime = left === undefined ? context.fixed.now() < turn.expiresAt : left > 0;
    return inTime && answer.rejections < matchDefaults.maxCorrections;
  },
  refusesOurAnswer: ({ context, event }: Args) => {
    assertEvent(event, 'socket.refused');
    return (
      event.why !== 'not_open' &&
      isAnswered(context, event.requestId) &&
      (context.answer?.rejections ?? 0) === 0
    );
  },
  endsTheSession: ({ context }: Args) => !context.fixed.safeMode,
};
