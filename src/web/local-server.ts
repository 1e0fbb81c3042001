/**
 * An HTTP server for this machine's user only. It listens on a loopback address, under a path that cannot be guessed:
 * other users of this machine can connect to it as well, and foreign web pages can make a browser do so.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { OptionError } from '../protocol/errors.js';
import { isLoopback } from '../protocol/loopback.js';
import { type BoundedServerOptions, openBoundedServer } from './bounded-server.js';
import { type AddressCheck, createAddressCheck, originAt } from './own-address.js';

const defaults = { host: '127.0.0.1', secretBytes: 18 } as const;

export interface LocalServerOptions extends Pick<BoundedServerOptions, 'onUpgrade'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address. Default: 127.0.0.1. */
  host?: string;
  /** Gets requests without the secret in their path, and a response with strict headers, which it may replace. */
  handler: BoundedServerOptions['handler'];
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

  const server = await openBoundedServer({
    port,
    host,
    option: 'port',
    admit,
    handler,
    onUpgrade,
    keepsProcess,
  });
  isOurs = createAddressCheck(host, server.port);
  return {
    url: `${originAt(host, server.port)}/${secret.toString()}/`,
    port: server.port,
    close: server.close,
  };
}
