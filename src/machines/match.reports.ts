/** What the match statechart tells its reporter, by the names the chart uses. */
import { assertEvent, enqueueActions, sendTo } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import { closedOf, lossOf } from './loss.js';
import { matchBase, toMatchReporter } from './match.actions.js';
import { type MatchContext, type MatchEvent, matchDefaults } from './match.context.js';
import { handSummary } from './match.output.js';
import { unseenTimeouts } from './match.over.js';
import { isAnswered, isPast } from './match.turns.js';

/** What the server says it played; null where it does not. */
function playedInOurPlace(context: MatchContext, event: MatchEvent): string | null {
  if (event.type === 'frame.action_timeout') return event.frame.auto_action ?? null;
  if (event.type !== 'frame.turn_result' || event.frame.seat !== context.seat) return null;
  const { action } = event.frame.details;
  return typeof action === 'string' ? action : null;
}

export const matchSetup = matchBase.extend({
  actions: {
    reportConnecting: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'match.connecting',
        matchId: context.matchId,
        attempt: context.attempt,
      }),
    ),
    reportConnected: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'match.connected',
        matchId: context.matchId,
        resumed: context.fixed.resume || context.tally.connections > 1,
      }),
    ),
    reportStarted: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.match_start');
      const others = event.frame.seats.filter(({ seat }) => seat !== context.seat);
      return {
        type: 'match.started',
        matchId: context.matchId,
        seat: context.seat,
        opponents: others.map(({ seat, display_name: name }) => name ?? `seat ${seat}`),
      };
    }),
    reportLoss: sendTo(
      toMatchReporter,
      ({ context, event }): AgentEvent => ({
        type: 'match.lost',
        matchId: context.matchId,
        loss: lossOf(closedOf(event)),
      }),
    ),
    reportRetry: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'match.retrying',
        matchId: context.matchId,
        attempt: context.attempt,
        delayMs: context.link.retryDelayMs,
      }),
    ),
    reportError: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.error');
      const { code = null, message = null } = event.frame;
      return { type: 'match.error', matchId: context.matchId, code, message };
    }),
    reportHandStart: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.round_start');
      return { type: 'hand.started', matchId: context.matchId, hand: event.frame.round_number ?? null };
    }),
    reportHandEnd: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.round_result');
      const { round_number: hand = null, result } = event.frame;
      return {
        type: 'hand.ended',
        matchId: context.matchId,
        hand,
        seat: context.seat,
        ...handSummary(result),
      };
    }),
    reportTurn: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'turn.requested',
        matchId: context.matchId,
        requestId: context.turn?.frame.request_id ?? '',
        clockMs: Math.round((context.turn?.expiresAt ?? 0) - context.fixed.now()),
      }),
    ),
    reportAnswer: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'turn.answered',
        matchId: context.matchId,
        requestId: context.answer?.requestId ?? '',
        answer: context.answer?.action ?? { action: '' },
        source: context.answer?.source ?? 'bot',
        latencyMs: context.answer?.latencyMs ?? 0,
      }),
    ),
    reportCorrection: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'bot.decided');
      return {
        type: 'turn.corrected',
        matchId: context.matchId,
        requestId: event.requestId,
        why: event.correction?.why ?? '',
        asked: event.correction?.asked,
        sent: event.answer,
      };
    }),
    reportRepeat: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.turn_request');
      const { request_id: requestId } = event.frame;
      const answered = isAnswered(context, requestId) || isPast(context, requestId);
      return { type: 'turn.repeated', matchId: context.matchId, requestId, answered };
    }),
    reportOverdue: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, ['bot.overdue', 'bot.decided']);
      return { type: 'turn.overdue', matchId: context.matchId, requestId: event.requestId };
    }),
    reportLate: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, ['bot.late', 'bot.decided']);
      const { requestId, latencyMs } = event;
      return { type: 'turn.late', matchId: context.matchId, requestId, latencyMs };
    }),
    reportRejection: sendTo(
      toMatchReporter,
      ({ context, event }, { retried }: { retried: boolean }): AgentEvent => {
        assertEvent(event, 'frame.action_rejected');
        const { request_id: requestId = null, reason = null, message = null } = event.frame;
        return { type: 'turn.rejected', matchId: context.matchId, requestId, reason, message, retried };
      },
    ),
    reportTimeout: sendTo(
      toMatchReporter,
      ({ context, event }): AgentEvent => ({
        type: 'turn.timed_out',
        matchId: context.matchId,
        action: playedInOurPlace(context, event),
      }),
    ),
    reportUnseenTimeouts: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.round_result');
      for (const action of unseenTimeouts(context, event.frame)) {
        const report: AgentEvent = { type: 'turn.timed_out', matchId: context.matchId, action };
        enqueue.sendTo(toMatchReporter, report);
      }
    }),
    reportBotFailure: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'bot.failed');
      const { hook, message, error, terminated: why } = event;
      const { matchId } = context;
      if (why !== undefined) return { type: 'bot.terminated', matchId, why, message, error };
      return { type: 'bot.failed', matchId, hook, message, error };
    }),
    reportRestart: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'bot.restarted');
      const { replayed, restored } = event;
      return { type: 'bot.restarted', matchId: context.matchId, replayed, restored };
    }),
    reportSlowHook: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'bot.slow');
      return { type: 'bot.slow', matchId: context.matchId, hook: event.hook, waitedMs: event.waitedMs };
    }),
    reportUnreadCard: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'bot.unread');
      return { type: 'card.unread', matchId: context.matchId, field: event.field, found: event.found };
    }),
    reportSlowEnd: sendTo(
      toMatchReporter,
      ({ context }): AgentEvent => ({
        type: 'bot.slow',
        matchId: context.matchId,
        hook: 'onMatchEnd',
        waitedMs: matchDefaults.settleTimeoutMs,
      }),
    ),
    reportIgnored: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.ignored');
      const { why, frameType } = event;
      return {
        type: 'frame.ignored',
        leg: 'match',
        matchId: context.matchId,
        why,
        frameType,
        count: context.tally.ignoredFrames,
      };
    }),
    reportUnexpected: sendTo(
      toMatchReporter,
      ({ context, event }): AgentEvent => ({
        type: 'frame.unexpected',
        leg: 'match',
        matchId: context.matchId,
        frameType: event.type.replace(/^frame\./, ''),
      }),
    ),
    reportBrokenPort: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      const { error } = event as unknown as { error: unknown };
      return { type: 'match.error', matchId: context.matchId, code: 'internal', message: messageOf(error) };
    }),
    reportRefusal: sendTo(toMatchReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'socket.refused');
      return {
        type: 'frame.refused',
        leg: 'match',
        matchId: context.matchId,
        why: event.why,
        frameType: event.frameType,
      };
    }),
  },
});
