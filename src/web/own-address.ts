/** Whether a request was sent to the one address that a server of this machine has given to its user. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';

/** `http://127.0.0.1:8080`; without the default port, as browsers write it. */
export function originAt(host: string, port: number): string {
  return new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`).origin;
}

export type AddressCheck = (headers: IncomingHttpHeaders) => boolean;

/**
 * Makes the check for each request: `Host` is that address, with its port unless it is the default one, and `Origin`,
 * if there is one, is the same. A page of a foreign site can reach this machine as well, under a name of its own.
 * Other names of this machine (protocol/loopback.ts) are refused, too: pages of other programs may have them.
 */
export function createAddressCheck(host: string, port: number): AddressCheck {
  const own = originAt(host, port);
  const isOwn = (address: string): boolean => address === own || address === `${own}:${port}`;
  return ({ host: asked, origin }) =>
    isOwn(`http://${asked ?? ''}`) && (origin === undefined || origin === own);
}
