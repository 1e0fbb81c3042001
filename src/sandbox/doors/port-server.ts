/** The one port of a platform: HTTP requests, upgrades, and how many of them there may be. */
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
  /** For the head of a request, and for all of it. */
  headersTimeoutMs: 5_000,
  /** Longer than what an answer waits for a body (`bodyTimeoutMs` of the limits), so that it can say so. */
  requestTimeoutMs: 6_000,
  /** How often those times are looked at. */
  checkIntervalMs: 250,
  /** For a client that asks and does not read what it is answered. */
  idleTimeoutMs: 30_000,
  /** TCP connections beyond those of bots: requests, and dials that are told that there are too many. */
  spareConnections: 256,
  /** Each can hold on to the 64 KiB that it came with. */
  maxFragmentsPerFrame: 64,
} as const;

export interface FrontOptions {
  settings: Settings;
  timers: Timers;
  accounts: Accounts;
  lobby: Lobby;
  gateway: Gateway;
  /** Answers the requests that are no upgrades. */
  onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** Turns those away that were meant for somebody else. */
  onForeign: (request: IncomingMessage, response: ServerResponse) => void;
  emit: EmitSandbox;
}

export interface Front {
  /** @returns the port. @throws the system's own error when it cannot be opened. */
  listen(port: number): Promise<number>;
  /** Closes every WebSocket with 1012 and refuses new ones for so long. */
  restart(downMs: number): void;
  /** Resolves when no connection is still being closed, so that its client has read its last frame; at most so late. */
  drained(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export function createFront(options: FrontOptions): Front {
  const { settings, timers, accounts, lobby, gateway, emit } = options;
  const peers = new Set<Peer>();
  /** The connections that HTTP has handed over, whatever became of them. */
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
  // WebSockets are taken out of it: they have pings.
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

  /** Why an upgrade is refused before it is looked at any closer; null: it is not. */
  function statusOf(request: IncomingMessage, route: ReturnType<typeof routeOf>): number | null {
    if (isDown || peers.size >= settings.maxConnections) return 503;
    if (!isMeantForUs(request)) return 403;
    if (route.to === 'nowhere') return route.status;
    return route.to === 'lobby' && accounts.bot(route.botId) === undefined ? 404 : null;
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
      // The last restart says for how long.
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
  // Nobody else looks after this connection, which the client may keep open.
  tcp.end(response, () => tcp.destroy());
}
