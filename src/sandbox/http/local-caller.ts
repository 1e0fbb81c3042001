/** Who may do things without a token: a program on this machine, but no web page that is open on it. */
import type { IncomingMessage } from 'node:http';
import { hostnameOf, isLoopback } from '../../protocol/loopback.js';

/** What a proxy adds: the address of the connection is its own then, and says nothing about the caller. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

/**
 * True for a connection from this machine that no web page of another origin can have caused. A page that reaches this
 * port under a name of its own shows it in `Host`; one of another origin in `Origin` or `Sec-Fetch-Site`, which browsers
 * send with everything that changes something.
 */
export function isLocalCaller({ headers, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'] ?? 'none';
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopback(hostnameOf(host) ?? '') &&
    (origin === undefined || origin === `http://${host}`) &&
    (site === 'none' || site === 'same-origin') &&
    proxyHeaders.every((name) => headers[name] === undefined)
  );
}
