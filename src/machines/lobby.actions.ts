/** What the lobby statechart does and asks: its ports, guards, actions and delays, by the names the chart uses. */
import { type AnyActorRef, assertEvent, assign, enqueueActions, sendTo, setup } from 'xstate';
import type { AgentEvent, EndReason } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import {
  admissionOf,
  afterMatchOver,
  afterSeating,
  brokenMatch,
  freeSlot,
  graceOf,
  type LobbyContext,
  type LobbyEvent,
  type LobbyInput,
  type LobbyOutput,
  liveCount,
  lobbyDefaults,
  matchInputOf,
  type Slot,
} from './lobby.context.js';
import {
  afterLobbyLoss,
  describeRefusal,
  faultOf,
  helloTimeoutMs,
  isRefusal,
  refusedForMs,
  verdictOn,
} from './lobby.link.js';
import { closedOf, lossOf } from './loss.js';
import { type MatchActor, type MatchEvent, type MatchOutput, matchMachine } from './match.js';
import { type BotCommand, type LobbySocketCommand, type MatchSocketCommand, missingPorts } from './ports.js';

/** Ids of the ports within the machine. */
export const toLobbySocket = 'socket';
export const toLobbyReporter = 'reporter';

/** How a child ended, whether it has an output or broke. */
function childEndOf(context: LobbyContext, event: LobbyEvent): { slot: Slot; output: MatchOutput } | null {
  if (!('actorId' in event)) return null;
  const slot = event.actorId;
  if ('output' in event) return { slot, output: event.output };
  return { slot, output: brokenMatch(context, slot, event.error) };
}

/** The ports of a match child, and the turn its bot may be thinking about. */
function portsOf(lobby: AnyActorRef, slot: Slot) {
  const { children } = lobby.getSnapshot() as { children: Partial<Record<string, MatchActor>> };
  const match = children[slot]?.getSnapshot();
  if (match === undefined) return null;
  const { socket, bot } = match.children;
  return { socket, bot, requestId: match.context.turn?.frame.request_id ?? '' };
}

export const lobbySetup = setup({
  types: {
    context: {} as LobbyContext,
    events: {} as LobbyEvent,
    input: {} as LobbyInput,
    output: {} as LobbyOutput,
  },
  actors: {
    lobbySocket: missingPorts.lobbySocket,
    reporter: missingPorts.reporter,
    match: matchMachine,
  },
  delays: {
    dialTimeout: lobbyDefaults.dialTimeoutMs,
    helloTimeout: ({ context }) => helloTimeoutMs(context),
    stableTime: lobbyDefaults.stableAfterMs,
    reconnectDelay: ({ context }) => context.retryDelayMs,
    drainGrace: ({ context }) => context.drainGraceMs,
  },
  guards: {
    wasReplaced: ({ event }) => verdictOn(closedOf(event)).action === 'evicted',
    cannotReconnect: ({ context, event }) => faultOf(context, closedOf(event)) !== null,
    isUntrusted: ({ context, event }) => {
      assertEvent(event, 'frame.matched');
      return admissionOf(context, event.frame).kind === 'untrusted';
    },
    isLive: ({ context, event }) => {
      assertEvent(event, 'frame.matched');
      return admissionOf(context, event.frame).kind === 'live';
    },
    hasEnded: ({ context, event }) => {
      assertEvent(event, 'frame.matched');
      return admissionOf(context, event.frame).kind === 'ended';
    },
    isFull: ({ context, event }) => {
      assertEvent(event, 'frame.matched');
      return admissionOf(context, event.frame).kind === 'full';
    },
    refusesUs: ({ context, event }) => isRefusal(context, closedOf(event)),
    // Its matches have connections of their own, and no reason to end.
    refusesUsForGood: ({ context, event }) =>
      isRefusal(context, closedOf(event)) && faultOf(context, closedOf(event)) !== null,
    wasEvicted: ({ context }) => context.endReason === 'evicted' && liveCount(context) === 0,
    isNewKind: ({ context, event }) => !context.unexpected.includes(event.type),
    botFailedForGood: ({ context, event }) => Boolean(childEndOf(context, event)?.output.fault),
    isLastMatch: ({ context }) =>
      context.maxMatches !== null && context.completed + context.abandoned + 1 >= context.maxMatches,
    nothingIsLive: ({ context }) => liveCount(context) === 0,
  },
  actions: {
    // the connection
    dial: sendTo(
      toLobbySocket,
      ({ context }): LobbySocketCommand => ({ type: 'socket.connect', url: context.lobbyUrl }),
    ),
    authenticate: sendTo(toLobbySocket, { type: 'socket.authenticate' } satisfies LobbySocketCommand),
    hangUp: sendTo(toLobbySocket, { type: 'socket.close' } satisfies LobbySocketCommand),
    answerPing: sendTo(toLobbySocket, {
      type: 'socket.send',
      frame: { type: 'pong' },
    } satisfies LobbySocketCommand),
    recordReached: assign({ reached: true, refusal: null }),
    recordStable: assign({ attempt: 0 }),
    recordLoss: assign(({ context, event }) => afterLobbyLoss(context, closedOf(event))),
    recordFault: assign(({ context, event }) => ({
      loss: lossOf(closedOf(event)),
      fault: context.fault ?? faultOf(context, closedOf(event)),
    })),
    recordBrokenPort: assign(({ context, event }) => {
      const { error } = event as unknown as { error: unknown };
      return { fault: context.fault ?? { code: 'internal', message: messageOf(error), cause: error } };
    }),
    recordUnexpected: assign(({ context, event }) => ({ unexpected: [...context.unexpected, event.type] })),

    // matches
    seatMatch: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      if (admission.kind !== 'new') return;
      const slot = freeSlot(context);
      const { match_id: matchId, participant_id: participantId, rated, resume } = event.frame;
      const announced: AgentEvent = { type: 'match.announced', matchId, participantId, rated, resume };
      enqueue.sendTo(toLobbyReporter, announced);
      enqueue.spawnChild('match', {
        id: slot,
        input: matchInputOf(context, event.frame, admission.gatewayUrl),
      });
      enqueue.assign(afterSeating(context, slot, event.frame));
    }),
    redialMatch: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      if (admission.kind !== 'live') return;
      const announced: MatchEvent = { type: 'match.announced', gatewayUrl: admission.gatewayUrl };
      enqueue.sendTo(admission.slot, announced);
    }),
    recordMatch: enqueueActions(({ context, event, enqueue, self }) => {
      const ended = childEndOf(context, event);
      if (ended === null) return;
      // A machine that fails does not stop its ports: its connection would keep the seat.
      const ports = 'error' in event ? portsOf(self, ended.slot) : null;
      if (ports?.socket) enqueue.sendTo(ports.socket, { type: 'socket.close' } satisfies MatchSocketCommand);
      if (ports?.bot)
        enqueue.sendTo(ports.bot, { type: 'bot.abort', requestId: ports.requestId } satisfies BotCommand);
      const report: AgentEvent = { type: 'match.ended', result: ended.output.result };
      enqueue.sendTo(toLobbyReporter, report);
      enqueue.stopChild(ended.slot);
      enqueue.assign(afterMatchOver(context, ended.slot, ended.output));
    }),
    cutMatches: enqueueActions(({ context, enqueue }) => {
      const cut: MatchEvent = { type: 'match.cut' };
      for (const slot of Object.keys(context.live)) enqueue.sendTo(slot, cut);
    }),

    // the end
    recordGrace: assign(({ context, event }) => {
      assertEvent(event, 'agent.stop');
      return { drainGraceMs: graceOf(context, event.graceMs) };
    }),
    recordEnding: assign((_, { reason }: { reason: EndReason }) => ({ endReason: reason })),

    // reports
    reportConnecting: sendTo(
      toLobbyReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.connecting',
        url: context.lobbyUrl,
        attempt: context.attempt,
      }),
    ),
    reportListening: sendTo(
      toLobbyReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.listening',
        url: context.lobbyUrl,
      }),
    ),
    reportLoss: sendTo(
      toLobbyReporter,
      ({ event }): AgentEvent => ({ type: 'lobby.lost', loss: lossOf(closedOf(event)) }),
    ),
    reportError: sendTo(toLobbyReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.error');
      const { code = null, message = null } = event.frame;
      return { type: 'lobby.error', code, message };
    }),
    reportRetry: sendTo(
      toLobbyReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.retrying',
        attempt: context.attempt,
        delayMs: context.retryDelayMs,
      }),
    ),
    reportRefusedLobby: sendTo(toLobbyReporter, ({ context }): AgentEvent => {
      const httpStatus = context.loss?.httpStatus ?? 0;
      return {
        type: 'lobby.refusing',
        httpStatus,
        forMs: Math.round(refusedForMs(context)),
        patienceMs: context.lobbyRefusedMs,
        message: describeRefusal(context, httpStatus),
      };
    }),
    reportBrokenPort: sendTo(toLobbyReporter, ({ event }): AgentEvent => {
      const { error } = event as unknown as { error: unknown };
      return { type: 'lobby.error', code: 'internal', message: messageOf(error) };
    }),
    reportUnexpected: sendTo(
      toLobbyReporter,
      ({ event }): AgentEvent => ({
        type: 'frame.unexpected',
        leg: 'lobby',
        matchId: null,
        frameType: event.type.replace(/^frame\./, ''),
      }),
    ),
    reportDraining: sendTo(
      toLobbyReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.draining',
        reason: context.endReason ?? 'failed',
        live: liveCount(context),
        fault: context.fault,
      }),
    ),
    reportRepeat: sendTo(toLobbyReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      return { type: 'match.repeated', matchId: event.frame.match_id };
    }),
    reportUntrusted: sendTo(toLobbyReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      const message = admission.kind === 'untrusted' ? admission.message : '';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'untrusted_gateway', message };
    }),
    reportEnded: sendTo(toLobbyReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const message = 'This match has ended already.';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'already_ended', message };
    }),
    reportFull: sendTo(toLobbyReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const message = `${liveCount(context)} matches are being played: no more fit in this process.`;
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'too_many', message };
    }),
    countIgnored: assign(({ context }) => ({ ignoredFrames: context.ignoredFrames + 1 })),
    reportIgnored: sendTo(toLobbyReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.ignored');
      const { why, frameType } = event;
      return {
        type: 'frame.ignored',
        leg: 'lobby',
        matchId: null,
        why,
        frameType,
        count: context.ignoredFrames,
      };
    }),
    reportRefusal: sendTo(toLobbyReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'socket.refused');
      const { why, frameType } = event;
      return { type: 'frame.refused', leg: 'lobby', matchId: null, why, frameType };
    }),
  },
});
