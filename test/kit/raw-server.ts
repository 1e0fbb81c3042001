/**
 * A WebSocket server that a test scripts by hand: it does nothing by itself but accept (or refuse) upgrades. To make
 * it do more, use the `ws` socket of the peer that `accept` gives.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { afterTest } from './after-test.js';
import { createMailbox, type Mailbox } from './mailbox.js';

/** The server's end of one connection. */
export interface RawPeer {
  socket: WebSocket;
  /** The TCP connection under it. */
  tcp: Socket;
  /** Text frames that came. */
  frames: Mailbox<string>;
  pings: Mailbox<string>;
  /** How the connection ended, seen from here. */
  closed: Promise<{ code: number; reason: string }>;
}

export interface RawServerOptions {
  /** Answers an upgrade with this HTTP response (status line and headers) instead of accepting it. */
  refuse?: string;
  /** Reads the upgrade and never answers. */
  mute?: boolean;
  /** Answers pings. Default: true. */
  autoPong?: boolean;
}

export interface RawServer {
  url: string;
  upgrades: Mailbox<{ path: string; headers: IncomingHttpHeaders }>;
  accept(): Promise<RawPeer>;
  /** Resolves when the n-th TCP connection is gone. */
  gone(n: number): Promise<void>;
  close(): Promise<void>;
}

/** It is closed after the test. */
export async function startRawServer(options: RawServerOptions = {}): Promise<RawServer> {
  const upgrades: RawServer['upgrades'] = createMailbox();
  const peers = createMailbox<RawPeer>();
  const ends: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  const http = createServer();
  const ws = new WebSocketServer({
    noServer: true,
    autoPong: options.autoPong ?? true,
    handleProtocols: () => 'chipzen-bot-token',
  });

  http.on('connection', (tcp) => {
    sockets.add(tcp);
    ends.push(
      new Promise((resolve) => {
        tcp.on('close', () => {
          sockets.delete(tcp);
          resolve();
        });
      }),
    );
  });

  http.on('upgrade', (request, tcp: Socket, head) => {
    tcp.on('error', () => {});
    upgrades.push({ path: request.url ?? '', headers: request.headers });
    if (options.mute === true || options.refuse !== undefined) {
      if (options.refuse !== undefined) tcp.write(`${options.refuse}\r\n\r\n`);
      // It is for the client to hang up. Sockets of an HTTP server stay half open unless both sides end them.
      tcp.on('end', () => tcp.end());
      tcp.resume();
      return;
    }
    ws.handleUpgrade(request, tcp, head, (socket) => {
      const peer: RawPeer = {
        socket,
        tcp,
        frames: createMailbox(),
        pings: createMailbox(),
        closed: new Promise((resolve) => {
          socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
        }),
      };
      socket.on('error', () => {});
      socket.on('ping', (data) => peer.pings.push(data.toString()));
      socket.on('message', (data) => peer.frames.push(Buffer.isBuffer(data) ? data.toString() : ''));
      peers.push(peer);
    });
  });

  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has no other kind of address
  const { port } = http.address() as AddressInfo;

  const close = async (): Promise<void> => {
    for (const tcp of sockets) tcp.destroy();
    await new Promise<void>((resolve) => {
      http.close(() => resolve());
    });
  };
  afterTest(close);
  return {
    url: `ws://127.0.0.1:${port}`,
    upgrades,
    accept: () => peers.next(),
    gone: async (n) => {
      await ends[n];
    },
    close,
  };
}
