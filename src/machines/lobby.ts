/**
 * The lobby statechart: the bot's presence on the platform, and the parent of every match it plays.
 *
 * It keeps one connection to the lobby, seats a `match` child for each announced match, and lets nothing that
 * happens to one of them, or to the connection, hurt another. docs/protocol.md 2 and 5 are the rules,
 * `lobby.actions.ts` holds what the names here stand for, `lobby.context.ts` the data.
 */
import { type ActorRefFrom, raise, type SnapshotFrom } from 'xstate';
import { lobbySetup, toReporter, toSocket } from './lobby.actions.js';
import { newLobby, outputOf } from './lobby.context.js';

export type { LobbyContext, LobbyEvent, LobbyInput, LobbyOutput } from './lobby.context.js';
export { lobbyDefaults } from './lobby.context.js';

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
    'agent.cut': { target: '.draining.stopping', actions: 'cutMatches' },
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
        'agent.stop': {},
        'agent.cut': { actions: 'cutMatches' },
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

/** A lobby that is started, or can be: what `Agent.actor` is. */
export type LobbyActor = ActorRefFrom<typeof lobbyMachine>;
/** What `LobbyActor.getSnapshot()` returns. */
export type LobbySnapshot = SnapshotFrom<typeof lobbyMachine>;
