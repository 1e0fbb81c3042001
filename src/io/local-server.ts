/**
 * An HTTP server for this machine's user alone. It listens on a loopback address, below a path that nobody can guess:
 * other users of this machine can connect to it as well, and pages of foreign sites can make a browser do so.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { OptionError } from '../protocol/errors.js';

const defaults = {
  host: '127.0.0.1',
  secretBytes: 18,
  maxConnections: 64,
  headersTimeoutMs: 5_000,
  maxHeaderBytes: 16_384,
} as const;

export interface LocalServerOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address. Default: 127.0.0.1. */
  host?: string;
  /** Gets requests with the secret taken off their path. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface LocalServer {
  /** With the secret; ends with a slash. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection too. */
  close(): Promise<void>;
}

/** @throws {OptionError} when the port cannot be opened. */
export async function createLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port = 0, host = defaults.host, handler, onUpgrade } = options;
  const secret = Buffer.from(randomBytes(defaults.secretBytes).toString('base64url'));
  let origin = '';

  /** The request with its path below the secret, or the status to refuse it with. */
  function admit(request: IncomingMessage): 403 | 404 | null {
    const { host: asked, origin: from } = request.headers;
    if (`http://${asked ?? ''}` !== origin || (from !== undefined && from !== origin)) return 403;
    const [, given = '', ...rest] = (request.url ?? '').split('/');
    const key = Buffer.from(given);
    if (rest.length === 0 || key.length !== secret.length || !timingSafeEqual(key, secret)) return 404;
    request.url = `/${rest.join('/')}`;
    return null;
  }

  const server = createServer({ maxHeaderSize: defaults.maxHeaderBytes }, (request, response) => {
    const refused = admit(request);
    if (refused === null) handler(request, response);
    else response.writeHead(refused).end();
  });
  server.maxConnections = defaults.maxConnections;
  server.headersTimeout = defaults.headersTimeoutMs;
  server.on('upgrade', (request, socket, head) => {
    if (onUpgrade === undefined || admit(request) !== null) socket.destroy();
    else onUpgrade(request, socket, head);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new OptionError('port', `Port ${port} of ${host} cannot be opened: ${error.code ?? error.message}.`),
      );
    });
    server.listen(port, host, resolve);
  });
  const { port: opened } = server.address() as AddressInfo;
  origin = `http://${host}:${opened}`;

  return {
    url: `${origin}/${secret.toString()}/`,
    port: opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
