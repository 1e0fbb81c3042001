/** The local platform: lobby, gateway and tables behind one port of this machine. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { OptionError } from '../protocol/errors.js';
import type { MatchEnd } from '../protocol/frames.js';
import { type Control, createControl } from './control.js';
import type { SandboxEvent } from './events.js';
import { createGateway } from './gateway.js';
import { createLobby } from './lobby.js';
import { createMatchRun, type MatchRun } from './match-run.js';
import { type SandboxOptions, settingsOf } from './options.js';
import { closeCodes, type Peer } from './peer.js';
import { type Opponent, opponentPlayer, remotePlayer } from './players.js';
import { createRegistry, type NewBot } from './registry.js';
import { createTimers } from './timers.js';
import { isLocal, routeOf, tokenSubprotocol } from './upgrade.js';

const defaults = {
  opponent: 'calling-station',
  /** Larger ones end the connection with 1009 before they are read; a little larger than allowed gets 4008. */
  maxInboundBytes: 64 * 1024,
} as const;

/** Who to play against, and for what. */
export interface DispatchOptions {
  /** Default: the house bot `calling-station`. */
  opponent?: Opponent;
  /** Only told to the bots. Default: false. */
  rated?: boolean;
}

/** A match as `matches()` lists it. */
export interface MatchSummary {
  matchId: string;
  /** `waiting` for its players, `playing`, or `ended`. */
  state: MatchRun['state'];
  /** The number of the hand in play or played last; 0 before the first. */
  hand: number;
  /** In seat order; `botId` is null for a bot that runs inside the sandbox. */
  seats: { name: string; botId: string | null; participantId: string }[];
}

/** A running platform. */
export interface Sandbox {
  readonly port: number;
  /** `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /**
   * Lets a bot log in.
   *
   * @throws {OptionError} for an id or token that cannot be used or is taken.
   */
  addBot(bot?: NewBot): { botId: string; token: string; lobbyUrl: string };
  /**
   * Starts a match, as soon as every remote bot of it is online. Resolves when the match was announced; rejects with
   * an `OptionError` for a player that does not exist, and with an `Error` when the sandbox closes before.
   */
  dispatch(botId: string, options?: DispatchOptions): Promise<{ matchId: string }>;
  /** The matches in play and the last ones that were played, the oldest first. */
  matches(): MatchSummary[];
  /** The last frame of a match when it is over; rejects for an unknown match and when the sandbox closes before. */
  result(matchId: string): Promise<MatchEnd>;
  /** Subscribes to all events; returns the function that ends the subscription. */
  on(listener: (event: SandboxEvent) => void): () => void;
  /** Disturbs the peace: drops, evictions, raw frames. */
  readonly control: Control;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/**
 * Opens a platform on this machine.
 *
 * @throws {OptionError} for an option that cannot be used; it names it.
 * @throws the system's own error, such as `EADDRINUSE`, when the port cannot be opened.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock, ...settings } = settingsOf(options);
  const listeners = new Set<(event: SandboxEvent) => void>();
  if (options.onEvent !== undefined) listeners.add(options.onEvent);
  const timers = createTimers(clock, (error) => emit({ type: 'platform.fault', where: 'timer', error }));
  const registry = createRegistry();
  const findBot = (botId: string) => registry.bot(botId);
  const lobby = createLobby({ settings, timers, registry, emit });
  const gateway = createGateway({ settings, timers, registry, emit });
  const peers = new Set<Peer>();
  const awaited = new Map<string, { resolve(end: MatchEnd): void; reject(error: Error): void }[]>();
  let dispatched = 0;
  let closed = false;

  function emit(event: SandboxEvent): void {
    if (closed) return;
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        // A listener that fails on this one too must not be asked for ever.
        if (event.type !== 'platform.fault') emit({ type: 'platform.fault', where: 'listener', error });
      }
    }
  }

  // --- sockets ---

  const http = createServer((request, response) => {
    const status = isLocal(request) ? 404 : 403;
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`${STATUS_CODES[status]}\n`);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: defaults.maxInboundBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (protocols) => (protocols.has(tokenSubprotocol) ? tokenSubprotocol : false),
  });

  http.on('upgrade', (request, tcp: Socket, head) => {
    tcp.on('error', () => undefined);
    const route = routeOf(request);
    const status =
      route.to === 'lobby' && registry.bot(route.botId) === undefined
        ? 404
        : route.to === 'nowhere'
          ? route.status
          : null;
    if (status !== null || route.to === 'nowhere' || closed) {
      const code = status ?? 503;
      const response = `HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
      // Nobody else looks after this connection: one that the client keeps open would hold up the close.
      tcp.end(response, () => tcp.destroy());
      return;
    }
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      const peer =
        route.to === 'lobby' ? lobby.accept(socket, route.botId) : gateway.accept(socket, route.dial);
      peers.add(peer);
      socket.on('close', () => peers.delete(peer));
    });
  });

  // --- matches ---

  async function dispatch(
    botId: string,
    { opponent = defaults.opponent, rated = false }: DispatchOptions = {},
  ): Promise<{ matchId: string }> {
    dispatched += 1;
    const seed = `match:${dispatched}:${settings.seed}`;
    const players = [remotePlayer(botId, findBot), opponentPlayer(opponent, seed, findBot)];
    const botIds = players.flatMap((player) => (player.kind === 'remote' ? [player.bot.botId] : []));
    if (new Set(botIds).size < botIds.length) {
      throw new OptionError('opponent', 'A bot cannot play against itself.');
    }
    if (closed) throw new Error('The sandbox was closed.');
    await lobby.online(botIds);
    const matchId = randomUUID();
    const run = createMatchRun({
      matchId,
      players,
      rated,
      seed,
      settings,
      timers,
      emit,
      onEnded(end) {
        registry.retire(matchId);
        for (const waiter of awaited.get(matchId) ?? []) waiter.resolve(end);
        awaited.delete(matchId);
      },
    });
    registry.addMatch(run);
    emit({ type: 'match.created', matchId, players: run.seats.map(({ name }) => name) });
    lobby.announceAll(run);
    return { matchId };
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    for (const peer of peers) {
      peer.close(closeCodes.goingAway, 'the sandbox was closed');
      peer.terminate();
    }
    for (const run of registry.matches()) run.cut();
    timers.stop();
    lobby.close();
    for (const waiter of [...awaited.values()].flat()) waiter.reject(new Error('The sandbox was closed.'));
    awaited.clear();
    sockets.close();
    await new Promise<void>((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    });
  }

  const port = await listen(http, settings.port, settings.host);
  const url = `ws://${settings.host === '::1' ? '[::1]' : settings.host}:${port}`;

  return {
    port,
    url,
    addBot(bot = {}) {
      const { botId, token } = registry.addBot(bot);
      return { botId, token, lobbyUrl: `${url}/ws/external/bot/${encodeURIComponent(botId)}` };
    },
    dispatch,
    matches: () =>
      registry.matches().map(({ matchId, state, hand, seats }) => ({
        matchId,
        state,
        hand,
        seats: seats.map(({ name, botId, participantId }) => ({ name, botId, participantId })),
      })),
    result(matchId) {
      const run = registry.match(matchId);
      if (run === undefined) return Promise.reject(new OptionError('matchId', 'There is no such match.'));
      if (run.end !== null) return Promise.resolve(run.end);
      if (closed) return Promise.reject(new Error('The sandbox was closed.'));
      return new Promise((resolve, reject) => {
        awaited.set(matchId, [...(awaited.get(matchId) ?? []), { resolve, reject }]);
      });
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    control: createControl({ registry, lobby }),
    close,
  };
}

async function listen(http: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
