/**
 * An HTTP server that cannot be worn out: connections, heads and times have limits, and closing it ends every connection.
 * Whoever makes one says which requests are let in.
 */
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { OptionError } from '../protocol/errors.js';

const defaults = {
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

export interface BoundedServerOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** What an `OptionError` calls the option when the port cannot be opened. */
  option: string;
  /** Null lets the request in; otherwise the status that refuses it. Called for upgrades, too. */
  admit: (request: IncomingMessage) => number | null;
  /** Gets the requests that were let in, and a response with strict headers, which it may replace. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  onUpgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
  /** False: the process may end while the server is open. */
  keepsProcess: boolean;
}

export interface BoundedServer {
  readonly port: number;
  /** Closes the server and all connections, upgraded ones included. */
  readonly close: () => Promise<void>;
}

/** @throws {OptionError} when the port cannot be opened. */
export async function openBoundedServer(options: BoundedServerOptions): Promise<BoundedServer> {
  const { port, host, option, admit, handler, onUpgrade, keepsProcess } = options;
  const sockets = new Set<Socket>();
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
      reject(new OptionError(option, `Port ${port} of ${host} cannot be opened: ${whyClosed(error)}.`));
    });
    server.listen(port, host, resolve);
  });
  if (!keepsProcess) server.unref();

  return {
    port: (server.address() as AddressInfo).port,
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

function whyClosed({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return 'another program has it (EADDRINUSE). Name another one; 0 takes any free one';
  if (code === 'EACCES') return 'this user may not open it (EACCES). Name one above 1023';
  return code ?? message;
}
