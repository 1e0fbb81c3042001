/**
 * The lobby statechart: the bot's presence on the platform, and the parent of every match it plays.
 *
 * It keeps one connection to the lobby, seats a `match` child for each announced match, and lets nothing that
 * happens to one of them, or to the connection, hurt another. docs/protocol.md 2 and 5 are the rules. Guards, actions
 * and delays are in `lobby.connection.ts`, `lobby.absence.ts`, `lobby.matches.ts`, `lobby.elsewhere.ts` and `lobby.ending.ts`, the
 * data in `lobby.context.ts`.
 */
import { type ActorRefFrom, type AnyStateMachine, raise, type SnapshotFrom } from 'xstate';
import type { Transition } from './chart-parts.js';
import { lobbyAbsence } from './lobby.absence.js';
import { lobbyConnection } from './lobby.connection.js';
import { type LobbyContext, type LobbyInput, newLobby, sessionSummary } from './lobby.context.js';
import { lobbyElsewhere } from './lobby.elsewhere.js';
import { lobbyEnding } from './lobby.ending.js';
import { lobbyMatches } from './lobby.matches.js';
import { lobbyBase } from './lobby.setup.js';
import type { MatchActor } from './match.js';

export type { LobbyContext, LobbyEvent, LobbyInput, LobbyOutput } from './lobby.context.js';
export { lobbyDefaults } from './lobby.context.js';

/** The types, guards, actions and delays of the lobby chart, without its states: for charts that `extendLobby` makes. */
export const lobbySetup = lobbyBase.extend({
  delays: { ...lobbyConnection.delays, ...lobbyEnding.delays },
  guards: {
    ...lobbyAbsence.guards,
    ...lobbyConnection.guards,
    ...lobbyMatches.guards,
    ...lobbyElsewhere.guards,
    ...lobbyEnding.guards,
  },
  actions: {
    ...lobbyAbsence.actions,
    ...lobbyConnection.actions,
    ...lobbyMatches.actions,
    ...lobbyElsewhere.actions,
    ...lobbyEnding.actions,
  },
});

const evicted: Transition<typeof lobbySetup> = {
  target: '#lobby.draining',
  actions: { type: 'recordEnding', params: { reason: 'evicted' } },
};

// What follows a loss is decided by the close table and the retry policy.
const replaced: Transition<typeof lobbySetup> = {
  guard: 'wasReplaced',
  target: '#lobby.draining',
  actions: ['reportLoss', { type: 'recordEnding', params: { reason: 'evicted' } }],
};
const lostForGood: Transition<typeof lobbySetup> = {
  guard: 'cannotReconnect',
  target: '#lobby.draining',
  actions: ['reportLoss', 'recordFault', { type: 'recordEnding', params: { reason: 'failed' } }],
};
const lost: Transition<typeof lobbySetup> = {
  target: '#lobby.backoff',
  actions: ['reportLoss', 'recordLoss'],
};
const tooSlow: Transition<typeof lobbySetup> = {
  target: '#lobby.backoff',
  actions: ['hangUp', 'reportLoss', 'recordLoss'],
};

/**
 * The lobby chart. Its input is a `LobbyInput`, its output a `LobbyOutput`. Provide the actors `lobbySocket`, `match`
 * and `reporter` before it is started: `lobbyMachine.provide({ actors })`.
 *
 * @throws {Error} naming the port, from the actor of one that was not provided.
 */
export const lobbyMachine = lobbySetup.createMachine({
  id: 'lobby',
  context: ({ input }) => newLobby(input),
  invoke: [
    { src: 'reporter', id: 'reporter' },
    {
      src: 'lobbySocket',
      id: 'socket',
      onError: {
        target: '.draining',
        actions: ['recordBrokenPort', { type: 'recordEnding', params: { reason: 'failed' } }],
      },
    },
  ],
  initial: 'starting',
  output: ({ context }) => sessionSummary(context),
  on: {
    'agent.stop': {
      target: '.draining',
      actions: ['recordGrace', { type: 'recordEnding', params: { reason: 'stopped' } }],
    },
    // The live matches of bots that were made go on.
    'agent.unfit': {
      target: '.draining.patient',
      actions: ['recordUnfit', { type: 'recordEnding', params: { reason: 'failed' } }],
    },
    'agent.cut': {
      target: '.draining',
      actions: ['cutMatches', { type: 'recordEnding', params: { reason: 'stopped' } }],
    },
    'lobby.leave': { target: '.away', actions: 'recordLeaving' },
    'agent.handedOver': {
      target: '.draining.patient',
      actions: { type: 'recordEnding', params: { reason: 'handed_over' } },
    },
    'matches.elsewhere': { actions: 'recordElsewhere' },
    'match.freed': { guard: 'isKnownElsewhere', actions: 'recordFreed' },
    'frame.error': { actions: 'reportError' },
    'frame.ignored': { actions: ['countIgnored', 'reportIgnored'] },
    'frame.*': { guard: 'isNewKind', actions: ['recordUnexpected', 'reportUnexpected'] },
    'socket.refused': { actions: 'reportRefusal' },
    'xstate.done.actor.match.*': [
      {
        guard: 'botFailedForGood',
        target: '.draining',
        actions: ['recordMatch', { type: 'recordEnding', params: { reason: 'failed' } }],
      },
      {
        guard: 'isLastMatch',
        target: '.draining.patient',
        actions: ['recordMatch', { type: 'recordEnding', params: { reason: 'max_matches' } }],
      },
      { actions: 'recordMatch' },
    ],
    'xstate.error.actor.match.*': [
      {
        guard: 'isLastMatch',
        target: '.draining.patient',
        actions: ['recordMatch', { type: 'recordEnding', params: { reason: 'max_matches' } }],
      },
      { actions: 'recordMatch' },
    ],
  },
  states: {
    starting: {
      description: 'Nothing was dialed yet.',
      always: [{ guard: 'beginsAway', target: 'away' }, { target: 'connecting' }],
    },

    connecting: {
      description: 'A socket to the lobby is being opened.',
      tags: 'dialing',
      entry: ['reportConnecting', 'dial'],
      on: {
        'socket.opened': 'authenticating',
        'socket.closed': [
          // A lobby that let us in before turns the dial away: its matches have connections of their own, and go on.
          {
            guard: 'refusesUsForGood',
            target: 'draining.patient',
            actions: ['reportLoss', 'recordFault', { type: 'recordEnding', params: { reason: 'failed' } }],
          },
          {
            guard: 'refusesUs',
            target: 'backoff',
            actions: ['reportLoss', 'recordLoss', 'reportRefusedLobby'],
          },
          replaced,
          lostForGood,
          lost,
        ],
      },
      after: { dialTimeout: [lostForGood, tooSlow] },
    },

    authenticating: {
      description: 'The token was sent; the lobby has not greeted us yet.',
      tags: 'connected',
      entry: 'authenticate',
      on: {
        'frame.hello': 'listening',
        // These should come after `hello`, but only a lobby that has let us in sends them.
        'frame.ping': { target: 'listening', actions: raise(({ event }) => event) },
        'frame.matched': { target: 'listening', actions: raise(({ event }) => event) },
        'frame.evict': evicted,
        'socket.closed': [replaced, lostForGood, lost],
      },
      after: { helloTimeout: [lostForGood, tooSlow] },
    },

    listening: {
      description: 'The bot is online: matches may be announced.',
      tags: 'connected',
      entry: ['recordReached', 'reportListening'],
      on: {
        'frame.ping': { actions: 'answerPing' },
        'frame.matched': [
          { guard: 'isUntrusted', actions: 'reportUntrusted' },
          { guard: 'isLive', actions: ['reportRepeat', 'redialMatch'] },
          { guard: 'isElsewhere', actions: ['rememberElsewhere', 'reportElsewhere'] },
          { guard: 'hasEnded', actions: 'reportEnded' },
          { guard: 'isFull', actions: 'reportFull' },
          { actions: 'seatMatch' },
        ],
        'frame.evict': evicted,
        'match.freed': { guard: 'isKnownElsewhere', actions: ['announceFreed', 'recordFreed'] },
        'socket.closed': [replaced, lostForGood, lost],
      },
      after: { stableTime: { actions: 'recordStable' } },
    },

    backoff: {
      description: 'The lobby is lost; live matches go on without it.',
      entry: 'reportRetry',
      after: { reconnectDelay: 'connecting' },
    },

    away: {
      description: 'The lobby was left on purpose; live matches go on without it.',
      entry: ['hangUp', 'reportLeft'],
      on: {
        'lobby.enter': { target: 'connecting', actions: 'recordEntering' },
        'lobby.leave': [{ guard: 'isOtherReason', actions: ['recordLeaving', 'reportLeft'] }, {}],
      },
    },

    // The lobby is left at once, so that the platform announces nothing more; live matches have their own sockets.
    // Only this state leads to a final one: a final state stops every child on the spot.
    draining: {
      description: 'The session is ending; it is over when no match is live any more.',
      entry: ['hangUp', 'reportDraining'],
      initial: 'limited',
      on: {
        'agent.stop': {},
        'agent.unfit': {},
        'agent.handedOver': {},
        'agent.cut': { actions: 'cutMatches' },
        'lobby.leave': {},
        'xstate.done.actor.match.*': { actions: 'recordMatch' },
        'xstate.error.actor.match.*': { actions: 'recordMatch' },
        'xstate.error.actor.socket': { actions: 'reportBrokenPort' },
      },
      always: [
        { guard: 'wasEvicted', target: 'evicted' },
        { guard: 'nothingIsLive', target: 'stopped' },
      ],
      states: {
        patient: {
          description: 'Live matches may take as long as they need.',
          on: { 'agent.stop': { target: 'limited', actions: 'recordGrace' } },
        },
        limited: {
          description: 'Live matches have a grace, then they are cut.',
          after: { drainGrace: { actions: 'cutMatches' } },
        },
      },
    },

    evicted: { type: 'final', description: 'The same bot has connected elsewhere.' },
    stopped: { type: 'final', description: 'The session is over; the output says why.' },
  },
});

/** A lobby that is started, or can be: what `Agent.actor` is. */
export type LobbyActor = ActorRefFrom<typeof lobbyMachine>;
/** What `LobbyActor.getSnapshot()` returns. */
export type LobbySnapshot = SnapshotFrom<typeof lobbyMachine>;

/** `lobbyMachine`, or a machine that was made of it: with parts of its own, or with more states and events. */
export type AnyLobby = AnyStateMachine & {
  getInitialSnapshot: (scope: never, input: LobbyInput) => { context: LobbyContext };
};

/** The actors of the live matches of a session, by match id. */
export function liveMatches({ context, children }: LobbySnapshot): Map<string, MatchActor> {
  const actors = children as Partial<Record<string, MatchActor>>;
  return new Map(
    Object.entries(context.live).flatMap(([slot, { matchId }]) => {
      const actor = actors[slot];
      return actor === undefined ? [] : [[matchId, actor]];
    }),
  );
}
