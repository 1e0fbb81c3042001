/** A way through an HTTP proxy, for one connection. */
import { type Agent, STATUS_CODES } from 'node:http';
import type { LookupFunction } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { Proxy } from './environment-proxy.js';

/** How the proxy itself is connected to. */
export interface TunnelOptions {
  lookup: LookupFunction;
  /** Of each of its addresses, in ms. */
  autoSelectFamilyAttemptTimeout: number;
  /** The proxy answered, and not with a tunnel: a sentence about it that begins in its middle. */
  onRefused: (why: string) => void;
}

export interface Tunnel {
  /** For the request that is to go through it. */
  readonly agent: Agent;
  /** The proxy has let it through: what goes wrong from now on is not the proxy's fault. */
  readonly isOpen: boolean;
  /** Lets go of a proxy that has not answered yet; afterwards it changes nothing. */
  abort(): void;
}

/** The library is loaded here, by those who need it. */
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
    // The socket of a tunnel knows the name of the proxy: a certificate has to be for the platform's.
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

/** Others are the library's, and may quote what the proxy said. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

/** What the proxy writes beside its status is not repeated: it may be our password. */
function describeStatus(status: number): string {
  if (!Number.isInteger(status) || status < 100 || status > 599) return 'does not speak HTTP';
  const answer = `answered HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return status === 407 ? `${answer}: it wants a user and a password` : answer;
}
