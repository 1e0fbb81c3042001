/**
 * An HTTP server for this machine's user alone. It listens on a loopback address, below a path that nobody can guess:
 * other users of this machine can connect to it as well, and pages of foreign sites can make a browser do so.
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
  /** For the head of a request, and for all of it: whoever asks by halves holds a connection that others need. */
  requestTimeoutMs: 5_000,
  /** How often that time is looked at. */
  checkIntervalMs: 250,
  maxHeaderBytes: 16_384,
} as const;

/** On every answer, refusals included: nothing of it is kept, shown by another page, or tells where it came from. */
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
  /** Gets requests with the secret taken off their path, and a response with strict headers that it may replace. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** False: the process may end while the server is open. Default: true. */
  keepsProcess?: boolean;
}

export interface LocalServer {
  /** With the secret; ends with a slash. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection too, upgraded ones included. */
  close(): Promise<void>;
}

/** There is no address yet. */
const ofNobody: AddressCheck = () => false;

/** @throws {OptionError} when the host is not a loopback address, or the port cannot be opened. */
export async function createLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port = 0, host = defaults.host, handler, onUpgrade, keepsProcess = true } = options;
  if (!isLoopback(host)) throw new OptionError('host', 'The option host must be a loopback address.');
  const secret = Buffer.from(randomBytes(defaults.secretBytes).toString('base64url'));
  const sockets = new Set<Socket>();
  let isOurs: AddressCheck = ofNobody;

  /** The request with its path below the secret, or the status to refuse it with. */
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
    // An upgraded connection has no other listener before it is handed on, and none at all when it is refused.
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

/** Nobody else looks after this connection, which the other side may keep open. */
function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, () =>
    socket.destroy(),
  );
}
