/** The machines with their ports: the only place that provides these. */
import type { FrameRecorder, FrameTap } from '../io/sockets/frame-tap.js';
import { defineLobbySocket } from '../io/sockets/lobby-socket.js';
import { defineMatchSocket, type MatchCredential } from '../io/sockets/match-socket.js';
import { lobbyMachine } from '../machines/lobby.js';
import { copyOfMatchContext } from '../machines/match.context.js';
import { matchMachine } from '../machines/match.js';
import type { BotLogic, ReporterLogic } from '../machines/ports.js';
import type { Proxy } from '../network/environment-proxy.js';
import { compileMachine } from '../statechart/compile-machine.js';
import type { ClockJumps } from '../time/clock-jumps.js';
import type { World } from './world.js';

interface Parts {
  bot: BotLogic;
  userAgent: string;
  proxy: Proxy | null;
  reporter: ReporterLogic;
  /** Gets the frames of all connections. */
  tap: FrameTap;
  /** Gets their texts. */
  record: FrameRecorder | undefined;
  /** Called when a frame has come; null: of the lobby. */
  onArrival?: ((matchId: string | null) => void) | undefined;
  /** Aborting it ends every socket, whatever the state of the machines. */
  signal: AbortSignal;
  world: Pick<World, 'clock' | 'now' | 'wallNow'> & { jumps: ClockJumps };
}

/** The match machine with real ports. */
export function composeMatch(
  credential: MatchCredential,
  { bot, userAgent, proxy, reporter, tap, record, onArrival, signal, world }: Parts,
) {
  const told = { tap, ...(record && { record }), ...(onArrival && { onArrival }) };
  return compileMachine(
    matchMachine.provide({
      actors: {
        matchSocket: defineMatchSocket({
          credential,
          userAgent,
          proxy,
          ...told,
          ...world,
          signal,
        }),
        bot,
        reporter,
      },
    }),
    { copyContext: copyOfMatchContext },
  );
}

/** The lobby machine with real ports, and real matches as its children. */
export function composeLobby(token: string, parts: Parts) {
  const { userAgent, proxy, reporter, tap, record, onArrival, signal, world } = parts;
  const told = { tap, ...(record && { record }), ...(onArrival && { onArrival }) };
  return compileMachine(
    lobbyMachine.provide({
      actors: {
        lobbySocket: defineLobbySocket({ token, userAgent, proxy, ...told, ...world, signal }),
        reporter,
        match: composeMatch({ kind: 'bot', token }, parts),
      },
    }),
  );
}
