/** The one port of a platform: HTTP requests and upgrades, and limits for both. */
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { BOT_TOKEN_SUBPROTOCOL } from '../../protocol/credential.js';
import { wire } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Accounts } from '../memory/accounts.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { createConnectLimit } from '../wire/connect-limit.js';
import type { Peer } from '../wire/peer.js';
import { closeCodes } from '../wire/platform-closes.js';
import { PlatformSocket } from '../wire/platform-socket.js';
import type { Gateway } from './gateway-door.js';
import type { Lobby } from './lobby-door.js';
import { createHostCheck, routeOf } from './upgrade-routes.js';

/** How long a client may take to close the TCP connection after its WebSocket was closed. The types of ws lack it. */
const closeTimeout = { closeTimeout: 2_000 } as const;

const defaults = {
  /** The time for the head of a request. */
  headersTimeoutMs: 5_000,
  /**
   * The time for the whole request. Longer than `bodyTimeoutMs` of the HTTP limits, so that a late body is answered.
   */
  requestTimeoutMs: 6_000,
  /** How often these times are checked. */
  checkIntervalMs: 250,
  /** For a client that does not read its answer. */
  idleTimeoutMs: 30_000,
  /** TCP connections in addition to those of bots: for requests, and for dials that are refused. */
  spareConnections: 256,
  /** Each fragment can keep the 64 KiB chunk in memory that it came with. */
  maxFragmentsPerFrame: 64,
} as const;

export interface FrontOptions {
  settings: Settings;
  timers: Timers;
  accounts: Accounts;
  lobby: Lobby;
  gateway: Gateway;
  /** Answers requests that are not upgrades. */
  onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** Refuses requests that were meant for another host. */
  onForeign: (request: IncomingMessage, response: ServerResponse) => void;
  emit: EmitSandbox;
}

export interface Front {
  /** @returns the port. @throws the system's own error when it cannot be opened. */
  listen(port: number): Promise<number>;
  /** Closes every WebSocket with 1012 and refuses new ones for this time. */
  restart(downMs: number): void;
  /**
   * Resolves when no connection is being closed any more, so that clients have read their last frame; at the latest
   * after `limitMs`.
   */
  drained(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export function createFront(options: FrontOptions): Front {
  const { settings, timers, accounts, lobby, gateway, emit } = options;
  const peers = new Set<Peer>();
  /** All upgraded TCP connections. */
  const upgraded = new Set<Socket>();
  const isMeantForUs = createHostCheck(settings.host);
  const mayConnect = createConnectLimit(timers, settings.connectsPerMinute, settings.scale.clock);
  let isDown = false;
  let onGone: (() => void) | null = null;
  let up: Timer | null = null;

  const http = createServer(
    {
      headersTimeout: defaults.headersTimeoutMs,
      requestTimeout: defaults.requestTimeoutMs,
      connectionsCheckingInterval: defaults.checkIntervalMs,
    },
    (request, response) => {
      if (isMeantForUs(request)) options.onRequest(request, response);
      else options.onForeign(request, response);
    },
  );
  // It does not apply to WebSockets, which have pings.
  http.setTimeout(defaults.idleTimeoutMs);
  http.maxConnections = settings.maxConnections + defaults.spareConnections;

  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: PlatformSocket,
    maxPayload: wire.maxClientFrameBytes,
    maxFragments: defaults.maxFragmentsPerFrame,
    ...closeTimeout,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (protocols) => (protocols.has(BOT_TOKEN_SUBPROTOCOL) ? BOT_TOKEN_SUBPROTOCOL : false),
  });

  http.on('upgrade', (request: IncomingMessage, tcp: Socket, head: Buffer) => {
    tcp.on('error', () => undefined);
    upgraded.add(tcp);
    tcp.on('close', () => upgraded.delete(tcp));
    const route = routeOf(request);
    const status = statusOf(request, route);
    if (status !== null || route.to === 'nowhere') {
      refuse(tcp, status ?? 404);
      return;
    }
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      socket.tcp = tcp;
      const address = tcp.remoteAddress ?? '';
      if (!mayConnect(address)) {
        emit({ type: 'connect.refused', address });
        socket.on('error', () => undefined);
        socket.close(closeCodes.policyViolation, 'connection rate limit');
        timers.after(0, () => socket.terminate());
        return;
      }
      const peer =
        route.to === 'lobby' ? lobby.accept(socket, route.botId) : gateway.accept(socket, route.dial);
      peers.add(peer);
      socket.on('close', () => {
        peers.delete(peer);
        onGone?.();
      });
    });
  });

  function isDraining(): boolean {
    return [...peers].some(({ isOpen }) => !isOpen);
  }

  /** The HTTP status that refuses an upgrade; null when it is accepted. */
  function statusOf(request: IncomingMessage, route: ReturnType<typeof routeOf>): number | null {
    if (isDown || peers.size >= settings.maxConnections) return 503;
    if (!isMeantForUs(request)) return 403;
    if (route.to === 'nowhere') return route.status;
    if (route.to === 'gateway') return gateway.refusal(route.dial);
    return accounts.bot(route.botId) === undefined ? 404 : null;
  }

  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, settings.host, () => {
          http.off('error', reject);
          resolve();
        });
      });
      return (http.address() as AddressInfo).port;
    },
    restart(downMs) {
      isDown = true;
      emit({ type: 'platform.restarting', downMs });
      for (const peer of peers) peer.close(closeCodes.serviceRestart, 'service restart');
      // The latest restart decides for how long.
      up?.cancel();
      up = timers.after(downMs, () => {
        isDown = false;
      });
    },
    async drained(limitMs) {
      if (!isDraining()) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          limit.cancel();
          onGone = null;
          resolve();
        };
        const limit = timers.after(limitMs, done);
        onGone = () => isDraining() || done();
      });
    },
    async close() {
      isDown = true;
      for (const peer of peers) {
        peer.close(closeCodes.goingAway, 'the sandbox was closed');
        peer.terminate();
      }
      sockets.close();
      for (const tcp of upgraded) tcp.destroy();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

function refuse(tcp: Socket, status: number): void {
  const response = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  // Destroyed here: the client could keep this connection open for ever.
  tcp.end(response, () => tcp.destroy());
}
