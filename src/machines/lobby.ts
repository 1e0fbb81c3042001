/**
 * The lobby statechart: the bot's presence on the platform, and the parent of every match it plays.
 *
 * It keeps one connection to the lobby, seats a `match` child for each announced match, and lets nothing that
 * happens to one of them, or to the connection, hurt another. docs/protocol.md 2 and 5 are the rules,
 * `lobby.context.ts` holds the data half.
 */
import {
  type ActorRefFrom,
  assertEvent,
  assign,
  enqueueActions,
  raise,
  type SnapshotFrom,
  sendTo,
  setup,
} from 'xstate';
import type { AgentEvent, EndReason } from '../protocol/events.js';
import {
  admissionOf,
  afterLobbyLoss,
  afterMatchOver,
  afterSeating,
  brokenMatch,
  faultOf,
  freeSlot,
  type LobbyContext,
  type LobbyEvent,
  type LobbyInput,
  type LobbyOutput,
  liveCount,
  lobbyDefaults,
  matchInputOf,
  newLobby,
  outputOf,
  type Slot,
  verdictOn,
} from './lobby.context.js';
import { closedOf, lossOf } from './loss.js';
import { type MatchEvent, type MatchOutput, matchMachine } from './match.js';
import { type LobbySocketCommand, missingPorts } from './ports.js';

export type { LobbyContext, LobbyEvent, LobbyInput, LobbyOutput } from './lobby.context.js';
export { lobbyDefaults } from './lobby.context.js';

const toSocket = 'socket';
const toReporter = 'reporter';

/** How a child ended, whether it has an output or broke. */
function childEndOf(context: LobbyContext, event: LobbyEvent): { slot: Slot; output: MatchOutput } | null {
  if (!('actorId' in event)) return null;
  const slot = event.actorId;
  if ('output' in event) return { slot, output: event.output };
  return { slot, output: brokenMatch(context, slot, event.error) };
}

const lobbySetup = setup({
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
    helloTimeout: lobbyDefaults.helloTimeoutMs,
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
    botFailedForGood: ({ context, event }) => Boolean(childEndOf(context, event)?.output.fault),
    isLastMatch: ({ context }) =>
      context.maxMatches !== null && context.completed + context.abandoned + 1 >= context.maxMatches,
    nothingIsLive: ({ context }) => liveCount(context) === 0,
  },
  actions: {
    // the connection
    dial: sendTo(
      toSocket,
      ({ context }): LobbySocketCommand => ({ type: 'socket.connect', url: context.lobbyUrl }),
    ),
    authenticate: sendTo(toSocket, { type: 'socket.authenticate' } satisfies LobbySocketCommand),
    hangUp: sendTo(toSocket, { type: 'socket.close' } satisfies LobbySocketCommand),
    answerPing: sendTo(toSocket, {
      type: 'socket.send',
      frame: { type: 'pong' },
    } satisfies LobbySocketCommand),
    recordReached: assign({ reached: true }),
    recordStable: assign({ attempt: 0 }),
    recordLoss: assign(({ context, event }) => afterLobbyLoss(context, closedOf(event))),
    recordFault: assign(({ context, event }) => ({
      loss: lossOf(closedOf(event)),
      fault: context.fault ?? faultOf(context, closedOf(event)),
    })),
    recordBrokenPort: assign(({ event }) => {
      const { error } = event as unknown as { error: unknown };
      const message = error instanceof Error ? error.message : String(error);
      return { fault: { code: 'internal', message, cause: error } };
    }),

    // matches
    seatMatch: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      if (admission.kind !== 'new') return;
      const slot = freeSlot(context);
      const { match_id: matchId, participant_id: participantId, rated, resume } = event.frame;
      const announced: AgentEvent = { type: 'match.announced', matchId, participantId, rated, resume };
      enqueue.sendTo(toReporter, announced);
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
    recordMatch: enqueueActions(({ context, event, enqueue }) => {
      const ended = childEndOf(context, event);
      if (ended === null) return;
      const report: AgentEvent = { type: 'match.ended', result: ended.output.result };
      enqueue.sendTo(toReporter, report);
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
      return { drainGraceMs: event.graceMs ?? context.drainGraceMs };
    }),
    recordEnding: assign((_, { reason }: { reason: EndReason }) => ({ endReason: reason })),

    // reports
    reportConnecting: sendTo(
      toReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.connecting',
        url: context.lobbyUrl,
        attempt: context.attempt,
      }),
    ),
    reportListening: sendTo(
      toReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.listening',
        url: context.lobbyUrl,
      }),
    ),
    reportLoss: sendTo(
      toReporter,
      ({ event }): AgentEvent => ({ type: 'lobby.lost', loss: lossOf(closedOf(event)) }),
    ),
    reportError: sendTo(toReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.error');
      const { code = null, message = null } = event.frame;
      return { type: 'lobby.error', code, message };
    }),
    reportRetry: sendTo(
      toReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.retrying',
        attempt: context.attempt,
        delayMs: context.retryDelayMs,
      }),
    ),
    reportDraining: sendTo(
      toReporter,
      ({ context }): AgentEvent => ({
        type: 'lobby.draining',
        reason: context.endReason ?? 'failed',
        live: liveCount(context),
        fault: context.fault,
      }),
    ),
    reportRepeat: sendTo(toReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      return { type: 'match.repeated', matchId: event.frame.match_id };
    }),
    reportUntrusted: sendTo(toReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      const message = admission.kind === 'untrusted' ? admission.message : '';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'untrusted_gateway', message };
    }),
    reportEnded: sendTo(toReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const message = 'This match has ended already.';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'already_ended', message };
    }),
    reportFull: sendTo(toReporter, ({ context, event }): AgentEvent => {
      assertEvent(event, 'frame.matched');
      const message = `${liveCount(context)} matches are being played: no more fit in this process.`;
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'too_many', message };
    }),
    countIgnored: assign(({ context }) => ({ ignoredFrames: context.ignoredFrames + 1 })),
    reportIgnored: sendTo(toReporter, ({ context, event }): AgentEvent => {
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
    reportRefusal: sendTo(toReporter, ({ event }): AgentEvent => {
      assertEvent(event, 'socket.refused');
      const { why, frameType } = event;
      return { type: 'frame.refused', leg: 'lobby', matchId: null, why, frameType };
    }),
  },
});

const backOff = { target: '#lobby.backoff', actions: ['reportLoss', 'recordLoss'] } as const;
const giveUp = {
  guard: 'cannotReconnect',
  target: '#lobby.draining.failing',
  actions: ['reportLoss', 'recordFault'],
} as const;

/** Any loss: the close table and the retry policy decide what follows. */
const whenLost = [
  { guard: 'wasReplaced', target: '#lobby.draining.evicting', actions: 'reportLoss' },
  giveUp,
  backOff,
] as const;

const whenTooSlow = [
  { ...giveUp, actions: ['hangUp', ...giveUp.actions] },
  { ...backOff, actions: ['hangUp', ...backOff.actions] },
] as const;

export const lobbyMachine = lobbySetup.createMachine({
  id: 'lobby',
  context: ({ input }) => newLobby(input),
  invoke: [
    { src: 'reporter', id: toReporter },
    {
      src: 'lobbySocket',
      id: toSocket,
      onError: { target: '.draining.failing', actions: 'recordBrokenPort' },
    },
  ],
  initial: 'connecting',
  output: ({ context }) => outputOf(context),
  on: {
    'agent.stop': { target: '.draining.stopping', actions: 'recordGrace' },
    'frame.error': { actions: 'reportError' },
    'frame.ignored': { actions: ['countIgnored', 'reportIgnored'] },
    'socket.refused': { actions: 'reportRefusal' },
    'xstate.done.actor.match.*': [
      { guard: 'botFailedForGood', target: '.draining.failing', actions: 'recordMatch' },
      { guard: 'isLastMatch', target: '.draining.finishing', actions: 'recordMatch' },
      { actions: 'recordMatch' },
    ],
    'xstate.error.actor.match.*': [
      { guard: 'isLastMatch', target: '.draining.finishing', actions: 'recordMatch' },
      { actions: 'recordMatch' },
    ],
  },
  states: {
    connecting: {
      entry: ['reportConnecting', 'dial'],
      on: { 'socket.opened': 'authenticating', 'socket.closed': whenLost },
      after: { dialTimeout: whenTooSlow },
    },

    authenticating: {
      entry: 'authenticate',
      on: {
        'frame.hello': 'listening',
        // Not in the protocol's order, but only a lobby that knows us says these.
        'frame.ping': { target: 'listening', actions: raise(({ event }) => event) },
        'frame.matched': { target: 'listening', actions: raise(({ event }) => event) },
        'frame.evict': 'draining.evicting',
        'socket.closed': whenLost,
      },
      after: { helloTimeout: whenTooSlow },
    },

    listening: {
      entry: ['recordReached', 'reportListening'],
      on: {
        'frame.ping': { actions: 'answerPing' },
        'frame.matched': [
          { guard: 'isUntrusted', actions: 'reportUntrusted' },
          { guard: 'isLive', actions: ['reportRepeat', 'redialMatch'] },
          { guard: 'hasEnded', actions: 'reportEnded' },
          { guard: 'isFull', actions: 'reportFull' },
          { actions: 'seatMatch' },
        ],
        'frame.evict': 'draining.evicting',
        'socket.closed': whenLost,
      },
      after: { stableTime: { actions: 'recordStable' } },
    },

    backoff: {
      entry: 'reportRetry',
      after: { reconnectDelay: 'connecting' },
    },

    // The lobby is left at once, so that the platform announces nothing more; live matches have their own sockets.
    // Only this state leads to a final one: a final state stops every child on the spot.
    draining: {
      entry: 'hangUp',
      initial: 'stopping',
      on: {
        'agent.stop': { actions: 'cutMatches' },
        'xstate.done.actor.match.*': { actions: 'recordMatch' },
        'xstate.error.actor.match.*': { actions: 'recordMatch' },
      },
      states: {
        finishing: {
          entry: [{ type: 'recordEnding', params: { reason: 'max_matches' } }, 'reportDraining'],
          on: {
            'agent.stop': { target: 'stopping', actions: 'recordGrace' },
            'xstate.done.actor.match.*': [
              { guard: 'botFailedForGood', target: 'failing', actions: 'recordMatch' },
              { actions: 'recordMatch' },
            ],
          },
          always: { guard: 'nothingIsLive', target: '#lobby.stopped' },
        },
        stopping: {
          entry: [{ type: 'recordEnding', params: { reason: 'stopped' } }, 'reportDraining'],
          always: { guard: 'nothingIsLive', target: '#lobby.stopped' },
          after: { drainGrace: { actions: 'cutMatches' } },
        },
        failing: {
          entry: [{ type: 'recordEnding', params: { reason: 'failed' } }, 'reportDraining'],
          always: { guard: 'nothingIsLive', target: '#lobby.stopped' },
          after: { drainGrace: { actions: 'cutMatches' } },
        },
        evicting: {
          entry: [{ type: 'recordEnding', params: { reason: 'evicted' } }, 'reportDraining'],
          always: { guard: 'nothingIsLive', target: '#lobby.evicted' },
          after: { drainGrace: { actions: 'cutMatches' } },
        },
      },
    },

    evicted: { type: 'final' },
    stopped: { type: 'final' },
  },
});

export type LobbyActor = ActorRefFrom<typeof lobbyMachine>;
export type LobbySnapshot = SnapshotFrom<typeof lobbyMachine>;
