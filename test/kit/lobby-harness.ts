import { createActor, type InspectionEvent } from 'xstate';
import { type LobbyInput, type LobbySnapshot, lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import type { LobbySocketCommand, LobbySocketEvent } from '../../src/machines/ports.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { MatchEnd, Matched } from '../../src/protocol/frames.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { frames, matchPorts } from './match-harness.js';

export const lobbyFrames = {
  hello: { type: 'frame.hello' as const, frame: { type: 'hello' as const, endpoint: 'lobby' } },
  ping: { type: 'frame.ping' as const, frame: { type: 'ping' as const } },
  evict: { type: 'frame.evict' as const, frame: { type: 'evict' as const } },
  matched: (matchId: string, overrides: Partial<Matched> = {}) => ({
    type: 'frame.matched' as const,
    frame: {
      type: 'matched' as const,
      match_id: matchId,
      participant_id: `p-${matchId}`,
      gateway_ws_url: `/ws/external/match/${matchId}/p`,
      rated: false,
      resume: false,
      ...overrides,
    },
  }),
};

/** A lobby machine on scripted ports, with real match machines on scripted ports as its children. */
export function startLobby(
  overrides: Partial<LobbyInput> = {},
  inspect: (event: InspectionEvent) => void = () => undefined,
) {
  const clock = createVirtualClock();
  const socket = scriptedPort<LobbySocketCommand, LobbySocketEvent, undefined>();
  const reporter = scriptedPort<AgentEvent, never, undefined>();
  const match = matchPorts();
  const machine = lobbyMachine.provide({
    actors: {
      lobbySocket: socket.logic,
      reporter: reporter.logic,
      match: matchMachine.provide({
        actors: { matchSocket: match.socket.logic, bot: match.bot.logic, reporter: reporter.logic },
      }),
    },
  });
  const input: LobbyInput = {
    lobbyUrl: 'ws://127.0.0.1:9/ws/external/bot/b1',
    maxMatches: null,
    drainGraceMs: 5_000,
    retryPolicy: new RetryPolicy({ maxReconnectAttempts: 2, initialBackoffMs: 1_000, maxBackoffMs: 4_000 }),
    clientName: 'test',
    clientVersion: '1',
    supportedGames: null,
    safeMode: true,
    now: clock.now,
    random: () => 1 - Number.EPSILON,
    ...overrides,
  };
  const actor = createActor(machine, { input, clock, inspect });
  actor.start();
  return {
    actor,
    clock,
    socket,
    reporter,
    match,
    state: (): LobbySnapshot['value'] => actor.getSnapshot().value,
    output: () => actor.getSnapshot().output,
    reports: () => reporter.commands.map(({ type }) => type),
    /** Ids of the live children. */
    children: () => Object.keys(actor.getSnapshot().children).filter((id) => id.startsWith('match.')),
    listen() {
      socket.tell({ type: 'socket.opened' });
      socket.tell(lobbyFrames.hello);
    },
    /** Announces a match and connects it. */
    seat(matchId: string) {
      socket.tell(lobbyFrames.matched(matchId));
      match.socket.tell({ type: 'socket.opened' }, matchId);
      match.socket.tell(frames.hello(), matchId);
    },
    /** Plays a live match to its end. */
    finish(matchId: string, end: Partial<MatchEnd> = {}) {
      match.socket.tell(frames.matchEnd(end), matchId);
      match.bot.tell({ type: 'bot.finished' }, matchId);
    },
  };
}

export type LobbyHarness = ReturnType<typeof startLobby>;
