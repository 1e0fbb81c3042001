/** A tunnel through an HTTP proxy for one connection. */
import { type Agent, STATUS_CODES } from 'node:http';
import type { LookupFunction } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { Proxy } from '../../network/environment-proxy.js';

/** How the proxy itself is connected to. */
export interface TunnelOptions {
  lookup: LookupFunction;
  /** The time for each of its addresses, in ms. */
  autoSelectFamilyAttemptTimeout: number;
  /** Called when the proxy answered, but did not open a tunnel, with the rest of a sentence about it. */
  onRefused: (why: string) => void;
}

export interface Tunnel {
  /** The agent for the request that goes through the tunnel. */
  readonly agent: Agent;
  /** The proxy has opened the tunnel: later failures are not the proxy's. */
  readonly isOpen: boolean;
  /** Disconnects from a proxy that has not answered yet; later it does nothing. */
  abort(): void;
}

/** Loads the library only when a tunnel is needed. */
export async function createTunnel(
  { url, authorization }: Proxy,
  { onRefused, ...connecting }: TunnelOptions,
): Promise<Tunnel> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const waiting = new AbortController();
  const agent = new HttpsProxyAgent(url, {
    ...connecting,
    signal: waiting.signal,
    // Not in the URL, which the library writes to standard error when DEBUG is set.
    headers: () => (authorization === null ? {} : { 'Proxy-Authorization': authorization }),
  });
  const connect = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    // The socket of a tunnel has the proxy's name, but the certificate must be for the platform's name.
    const ofPlatform = (_name: string, certificate: PeerCertificate) =>
      checkServerIdentity(options.host ?? '', certificate);
    try {
      return await connect(request, Object.assign({ ...options }, { checkServerIdentity: ofPlatform }));
    } catch (error) {
      throw isSystemError(error) ? error : new Error('it gives no answer that is HTTP.');
    }
  };
  let isOpen = false;
  agent.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
    isOpen = statusCode === 200;
    if (!isOpen) onRefused(describeStatus(statusCode));
  });
  return {
    agent,
    get isOpen() {
      return isOpen;
    },
    abort() {
      if (!isOpen) waiting.abort();
    },
  };
}

/** Other errors are the library's, and may quote the proxy. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

/** The proxy's own words beside the status are not repeated: they may contain the proxy password. */
function describeStatus(status: number): string {
  if (!Number.isInteger(status) || status < 100 || status > 599) return 'does not speak HTTP';
  const answer = `answered HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return status === 407 ? `${answer}: it wants a user and a password` : answer;
}
