/** What the match statechart does: its ports, delays and actions, by the names the chart uses. */
import { assertEvent, assign, enqueueActions, sendTo, setup } from 'xstate';
import { wire } from '../protocol/frames.js';
import { messageOf } from '../protocol/message-of.js';
import { safeAction, saferAction } from '../protocol/safe-action.js';
import { closedOf, lossOf } from './loss.js';
import {
  counted,
  linked,
  type MatchContext,
  type MatchEvent,
  type MatchInput,
  type MatchOutput,
  matchDefaults,
  progressed,
} from './match.context.js';
import { matchGuards } from './match.guards.js';
import { dialLeftMs, seatIsOurs } from './match.hold.js';
import { afterGreeting, afterLoss, givingUp } from './match.link.js';
import {
  afterHandEnd,
  afterHandStart,
  afterTimeout,
  afterTurnResult,
  hasOpenTurn,
  missedTurn,
} from './match.over.js';
import {
  afterDecided,
  afterMatchStart,
  afterRefusal,
  afterRepeat,
  afterSubstitution,
  afterTurnRequest,
} from './match.turns.js';
import { type BotCommand, type MatchSocketCommand, missingPorts } from './ports.js';

/** Ids of the ports within the machine. */
export const toMatchSocket = 'socket';
export const toBot = 'bot';
export const toMatchReporter = 'reporter';

const abortOf = (context: MatchContext, event: MatchEvent): BotCommand => ({
  type: 'bot.abort',
  requestId: context.turn?.frame.request_id ?? '',
  ...missedTurn(context, event),
});

export const matchBase = setup({
  types: {
    context: {} as MatchContext,
    events: {} as MatchEvent,
    input: {} as MatchInput,
    output: {} as MatchOutput,
  },
  actors: {
    matchSocket: missingPorts.matchSocket,
    bot: missingPorts.bot,
    reporter: missingPorts.reporter,
  },
  delays: {
    botTimeout: matchDefaults.botTimeoutMs,
    dialTimeout: ({ context }) => (seatIsOurs(context) ? dialLeftMs(context) : matchDefaults.dialTimeoutMs),
    handshakeTimeout: ({ context }) =>
      seatIsOurs(context) ? dialLeftMs(context) : matchDefaults.handshakeTimeoutMs,
    settleTimeout: matchDefaults.settleTimeoutMs,
    reconnectDelay: ({ context }) => context.link.retryDelayMs,
  },
  guards: matchGuards,
  actions: {
    // the connection
    dial: sendTo(
      toMatchSocket,
      ({ context }): MatchSocketCommand => ({ type: 'socket.connect', url: context.link.gatewayUrl }),
    ),
    authenticate: sendTo(toMatchSocket, { type: 'socket.authenticate' } satisfies MatchSocketCommand),
    hangUp: sendTo(toMatchSocket, { type: 'socket.close' } satisfies MatchSocketCommand),
    sayHello: sendTo(
      toMatchSocket,
      ({ context }): MatchSocketCommand => ({
        type: 'socket.send',
        frame: {
          type: 'hello',
          match_id: context.matchId,
          supported_versions: [wire.protocolVersion],
          client_name: context.fixed.clientName,
          client_version: context.fixed.clientVersion,
          ...(context.fixed.supportedGames && { supported_games: [...context.fixed.supportedGames] }),
        },
      }),
    ),
    answerPing: sendTo(
      toMatchSocket,
      ({ context }): MatchSocketCommand => ({
        type: 'socket.send',
        frame: { type: 'pong', match_id: context.matchId },
      }),
    ),
    recordLoss: assign(({ context, event }) => afterLoss(context, closedOf(event))),
    recordGivingUp: assign(({ context, event }) => {
      const closed = closedOf(event);
      const reason = givingUp(context, closed);
      return {
        ...linked(context, { loss: lossOf(closed) }),
        abandonReason: reason?.why ?? null,
        detail: reason?.detail ?? null,
      };
    }),
    recordDial: assign(({ context }) => linked(context, { dialedAt: context.fixed.now() })),
    recordConnection: assign(({ context }) => afterGreeting(context)),
    recordNewUrl: assign(({ context, event }) => {
      assertEvent(event, 'match.announced');
      return linked(context, { gatewayUrl: event.gatewayUrl });
    }),
    recordError: assign(({ context, event }) => {
      assertEvent(event, 'frame.error');
      return linked(context, { lastError: event.frame.code ?? null });
    }),
    recordProgress: assign(({ context, event }) => {
      assertEvent(event, ['frame.turn_result', 'frame.phase_change']);
      return progressed(context, event.frame.seq ?? context.seq);
    }),

    // turns
    recordMatchStart: assign(({ event }) => {
      assertEvent(event, 'frame.match_start');
      return afterMatchStart(event.frame);
    }),
    recordTurn: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      return afterTurnRequest(context, event.frame, event.timing);
    }),
    recordDecision: assign(({ context, event }) => {
      assertEvent(event, 'bot.decided');
      return afterDecided(context, event);
    }),
    recordOverdue: assign(({ context, event }) => {
      assertEvent(event, ['bot.overdue', 'bot.decided']);
      return afterSubstitution(context, 'overdue', event.type === 'bot.overdue' ? event.proposal : undefined);
    }),
    recordSubstitute: assign(({ context, event }) => {
      assertEvent(event, 'bot.failed');
      return afterSubstitution(context, 'failed', event.proposal);
    }),
    recordRejection: assign(({ context }) => counted(context, 'rejections')),
    replaceRejected: assign(({ context, event }) => {
      assertEvent(event, 'frame.action_rejected');
      const { valid_actions: valid } = event.frame;
      return afterRefusal(context, 'rejected', saferAction(valid, context.answer?.action.action ?? ''));
    }),
    replaceRefused: assign(({ context }) =>
      afterRefusal(context, 'refused', safeAction(context.turn?.frame.valid_actions ?? [])),
    ),
    recordRepeat: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_request');
      return afterRepeat(context, event.frame, event.timing);
    }),
    holdAnswerBack: assign(({ context }) => ({
      answer: context.answer && { ...context.answer, sent: false },
    })),
    closeTurn: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_result');
      return afterTurnResult(context, event.frame);
    }),
    recordTimeout: assign(({ context }) => afterTimeout(context)),
    forgetTurn: assign({ turn: null }),
    recordHandStart: assign(({ context, event }) => {
      assertEvent(event, 'frame.round_start');
      return afterHandStart(context, event.frame);
    }),
    recordHandEnd: assign(({ context, event }) => {
      assertEvent(event, 'frame.round_result');
      return afterHandEnd(context, event.frame);
    }),
    sendAnswer: sendTo(
      toMatchSocket,
      ({ context }): MatchSocketCommand => ({
        type: 'socket.send',
        frame: {
          type: 'turn_action',
          match_id: context.matchId,
          request_id: context.answer?.requestId ?? '',
          action: context.answer?.action.action ?? '',
          ...(context.answer?.action.params && { params: context.answer.action.params }),
        },
      }),
    ),

    // the bot
    showBot: sendTo(toBot, ({ event }): BotCommand => {
      assertEvent(event, [
        'frame.hello',
        'frame.match_start',
        'frame.round_start',
        'frame.turn_result',
        'frame.phase_change',
        'frame.round_result',
      ]);
      return { type: 'bot.observe', frame: event.frame };
    }),
    tellBotItIsBack: sendTo(
      toBot,
      ({ context }): BotCommand => ({
        type: 'bot.reconnected',
        restarted: context.tally.connections === 1,
      }),
    ),
    askBot: sendTo(toBot, ({ context, event }): BotCommand => {
      assertEvent(event, 'frame.turn_request');
      const { deadlineAt = 0, expiresAt = 0 } = context.turn ?? {};
      return { type: 'bot.decide', frame: event.frame, deadlineAt, expiresAt };
    }),
    freeBot: enqueueActions(({ context, event, enqueue }) => {
      if (hasOpenTurn(context)) enqueue.sendTo(toBot, abortOf(context, event));
    }),
    stopBotThinking: sendTo(toBot, ({ context, event }) => abortOf(context, event)),
    finishBot: sendTo(toBot, ({ event }): BotCommand => {
      assertEvent(event, 'frame.match_end');
      return { type: 'bot.finish', frame: event.frame };
    }),

    // the end
    recordEnd: assign(({ event }) => {
      assertEvent(event, 'frame.match_end');
      return { end: event.frame, abandonReason: null, detail: null };
    }),
    recordCut: assign({ abandonReason: 'cut', detail: 'The session ended before the match did.' }),
    recordNoVersion: assign(({ event }) => {
      assertEvent(event, 'frame.hello');
      const offered = [event.frame.selected_version, ...(event.frame.supported_versions ?? [])].join(', ');
      return {
        abandonReason: 'version_unsupported',
        detail: `The gateway speaks ${offered.slice(0, 64)}, this client ${wire.protocolVersion}: update chipzen-agent.`,
      };
    }),
    recordBotFault: assign(({ event }) => {
      assertEvent(event, 'bot.failed');
      const message = `The bot failed in ${event.hook}: ${event.message}`;
      return {
        abandonReason: 'bot_error',
        detail: message,
        fault: { code: 'bot_decision', message, cause: event.error },
      };
    }),
    recordBrokenPort: assign(({ event }) => {
      const { error } = event as unknown as { error: unknown };
      return { abandonReason: 'internal', detail: messageOf(error) };
    }),
    countIgnored: assign(({ context }) => counted(context, 'ignoredFrames')),
    recordUnexpected: assign(({ context: { tally }, event }) => ({
      tally: { ...tally, unexpected: [...tally.unexpected, event.type] },
    })),
  },
});
