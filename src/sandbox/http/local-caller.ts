/** Who needs no token: programs on this machine, but not web pages that are open on it. */
import type { IncomingMessage } from 'node:http';
import { hostnameOf, isLoopback } from '../../protocol/loopback.js';

/** Headers that a proxy adds. Then the address of the connection is the proxy's, and says nothing about the caller. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

/**
 * Whether a request comes from this machine and cannot come from a web page of another origin. A page that reaches
 * this port under a name of its own has that name in `Host`. For a page of another origin, browsers send `Origin` or
 * `Sec-Fetch-Site` with every request that changes something.
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
