/** Whether a request was addressed to a server of this machine by the one address that it has told its user. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';

/** `http://127.0.0.1:8080`; without the port that `http` has anyway, as browsers write it. */
export function originAt(host: string, port: number): string {
  return new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`).origin;
}

export type AddressCheck = (headers: IncomingHttpHeaders) => boolean;

/**
 * The check for each request: `Host` is that address, with its port or without one that goes without saying, and
 * `Origin`, if there is one, is its own. A page of a foreign site can reach this machine too, under a name that it
 * makes up. Other names of this machine (protocol/loopback.ts) are refused as well: other programs of it have pages
 * under them.
 */
export function createAddressCheck(host: string, port: number): AddressCheck {
  const own = originAt(host, port);
  const isOwn = (address: string): boolean => address === own || address === `${own}:${port}`;
  return ({ host: asked, origin }) =>
    isOwn(`http://${asked ?? ''}`) && (origin === undefined || origin === own);
}
