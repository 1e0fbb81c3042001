import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

const defaults = {
  maxHosts: 100,
  /**
   * The time for each address of a host except the last. Node's default of 250 ms ends every attempt to reach a host
   * farther away, and the last address may be of a family that this machine does not have.
   */
  attemptTimeoutMs: 2_500,
} as const;

/**
 * Remembers by which address family a host was reached. Where one of the two families silently leads nowhere, every
 * dial would wait for it in vain, and a match has little time for that. The other family is still tried when the
 * first one fails.
 */
export interface AddressFamilies {
  /** The system's lookup, with the family that worked last before the other one. */
  readonly lookup: LookupFunction;
  /** @param family as sockets name it: `IPv4` or `IPv6`. */
  reached(host: string, family: string | undefined): void;
}

export function rememberFamilies(lookupHost: LookupFunction = systemLookup): AddressFamilies {
  const families = new Map<string, 4 | 6>();
  return {
    lookup(host, options, callback) {
      lookupHost(host, options, (error, addresses, family) => {
        const known = families.get(host);
        if (error || known === undefined || !Array.isArray(addresses))
          return callback(error, addresses, family);
        const isKnown = (address: LookupAddress) => address.family === known;
        return callback(null, [...addresses.filter(isKnown), ...addresses.filter((one) => !isKnown(one))]);
      });
    },
    reached(host, family) {
      if (family !== 'IPv4' && family !== 'IPv6') return;
      families.delete(host);
      families.set(host, family === 'IPv4' ? 4 : 6);
      for (const oldest of families.keys()) {
        if (families.size <= defaults.maxHosts) break;
        families.delete(oldest);
      }
    },
  };
}

/** What this process has learned about its network. */
export const systemFamilies: AddressFamilies = rememberFamilies();

/** How addresses are looked up and tried, both of the platform and of a proxy. */
export const addressing = {
  lookup: systemFamilies.lookup,
  autoSelectFamilyAttemptTimeout: defaults.attemptTimeoutMs,
} as const;
