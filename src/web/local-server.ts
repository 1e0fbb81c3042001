/**
 * An HTTP server for this machine's user only. It listens on a loopback address, under a path that cannot be guessed:
 * other users of this machine can connect to it as well, and foreign web pages can make a browser do so.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { OptionError } from '../protocol/errors.js';
import { isLoopback } from '../protocol/loopback.js';
import { type AddressCheck, createAddressCheck, originAt } from './own-address.js';

const defaults = {
  host: '127.0.0.1',
  secretBytes: 18,
  maxConnections: 64,
  /** The time for the head of a request, and for all of it: incomplete requests would use up the connections. */
  requestTimeoutMs: 5_000,
  /** How often these times are checked. */
  checkIntervalMs: 250,
  maxHeaderBytes: 16_384,
} as const;

/**
 * On every response, refusals included: it is not cached, not shown by other pages, and does not leak the URL as
 * referrer.
 */
const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

export interface LocalServerOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address. Default: 127.0.0.1. */
  host?: string;
  /** Gets requests without the secret in their path, and a response with strict headers, which it may replace. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** False: the process may end while the server is open. Default: true. */
  keepsProcess?: boolean;
}

export interface LocalServer {
  /** Contains the secret; ends with a slash. */
  readonly url: string;
  readonly port: number;
  /** Closes the server and all connections, upgraded ones included. */
  close(): Promise<void>;
}

/** Before the address is known. */
const ofNobody: AddressCheck = () => false;

/** @throws {OptionError} when the host is not a loopback address, or the port cannot be opened. */
export async function createLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port = 0, host = defaults.host, handler, onUpgrade, keepsProcess = true } = options;
  if (!isLoopback(host)) throw new OptionError('host', 'The option host must be a loopback address.');
  const secret = Buffer.from(randomBytes(defaults.secretBytes).toString('base64url'));
  const sockets = new Set<Socket>();
  let isOurs: AddressCheck = ofNobody;

  /** Removes the secret from the path of a request and returns null, or returns the status that refuses it. */
  function admit(request: IncomingMessage): 403 | 404 | null {
    if (!isOurs(request.headers)) return 403;
    const [, given = '', ...rest] = (request.url ?? '').split('/');
    const key = Buffer.from(given);
    if (rest.length === 0 || key.length !== secret.length || !timingSafeEqual(key, secret)) return 404;
    request.url = `/${rest.join('/')}`;
    return null;
  }

  const server = createServer(
    {
      maxHeaderSize: defaults.maxHeaderBytes,
      headersTimeout: defaults.requestTimeoutMs,
      requestTimeout: defaults.requestTimeoutMs,
      connectionsCheckingInterval: defaults.checkIntervalMs,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const refused = admit(request);
      if (refused === null) handler(request, response);
      else response.writeHead(refused, { Connection: 'close' }).end();
    },
  );
  server.maxConnections = defaults.maxConnections;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // An upgraded connection has no other listener before it is handed on, and none when it is refused.
    socket.on('error', () => undefined);
    if (!keepsProcess) socket.unref();
  });
  server.on('upgrade', (request, socket, head) => {
    const refused = onUpgrade === undefined ? 404 : admit(request);
    if (refused === null) onUpgrade?.(request, socket, head);
    else refuse(socket, refused);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new OptionError('port', `Port ${port} of ${host} cannot be opened: ${error.code ?? error.message}.`),
      );
    });
    server.listen(port, host, resolve);
  });
  if (!keepsProcess) server.unref();
  const { port: opened } = server.address() as AddressInfo;
  isOurs = createAddressCheck(host, opened);

  return {
    url: `${originAt(host, opened)}/${secret.toString()}/`,
    port: opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Refuses an upgrade and destroys the connection, which the other side could keep open. */
function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, () =>
    socket.destroy(),
  );
}
