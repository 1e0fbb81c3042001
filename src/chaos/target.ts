import { OptionError } from '../protocol/errors.js';
import { isLoopback } from '../protocol/loopback.js';

/** The server behind a proxy. */
export interface ProxyTarget {
  host: string;
  port: number;
  /** For the `Host` header. */
  authority: string;
  /**
   * Whether `Host` is replaced. A server on another machine may accept only its own name. A server on this machine
   * gets the client's own `Host`, by which it recognizes requests of foreign web pages.
   */
  rewriteHost: boolean;
}

const defaults = { port: 80 } as const;

/**
 * Reads `ws://HOST:PORT` or `HOST:PORT`.
 *
 * @throws {OptionError} for everything else, `wss://` included.
 */
export function parseTarget(text: unknown): ProxyTarget {
  if (typeof text !== 'string') throw unfit('it is not text');
  if (/^(?:wss|https):/i.test(text)) throw unfit('the proxy speaks to plain ws:// servers only');
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text.replace(/^ws:/i, 'http:') : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (url === null || url.protocol !== 'http:') throw unfit('it is not the address of a WebSocket server');
  const { hostname, port, pathname, search, hash, username, password } = url;
  if (username + password !== '') throw unfit('it has a user name or password in it');
  if (pathname !== '/' || search !== '' || hash !== '') {
    throw unfit('it has a path in it; the client brings its own');
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaults.port : Number(port),
    authority: url.host,
    rewriteHost: !isLoopback(hostname),
  };
}

function unfit(why: string): OptionError {
  return new OptionError('target', `The target must be like ws://127.0.0.1:8001: ${why}.`);
}
