import type { Agent } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import { wire } from '../../protocol/frames.js';
import { systemFamilies } from './address-families.js';

const defaults = {
  /**
   * For each address of a host but its last one. Node's own 250 ms ends every attempt at a host that is farther away, and
   * what is left then is the family that this machine may not have.
   */
  attemptTimeoutMs: 2_500,
} as const;

/** What a connection is opened with. */
export interface Dialing {
  userAgent: string;
  subprotocols?: readonly string[];
  /** How long a peer may take to answer our close frame, in ms. */
  closeTimeoutMs: number;
  /** Of a proxy that is asked for the way. */
  agent?: Agent | undefined;
}

/** How addresses are found and tried, of the platform and of a proxy alike. */
export const addressing = {
  lookup: systemFamilies.lookup,
  autoSelectFamilyAttemptTimeout: defaults.attemptTimeoutMs,
} as const;

/**
 * Begins to open a WebSocket. Redirects are not followed and no compression is offered (docs/protocol.md 1).
 *
 * @throws for what cannot be part of an upgrade.
 */
export function openSocket(
  url: URL,
  { userAgent, subprotocols = [], closeTimeoutMs, agent }: Dialing,
): WebSocket {
  const options: ClientOptions & typeof addressing & { closeTimeout: number } = {
    ...addressing,
    headers: { 'User-Agent': userAgent },
    followRedirects: false,
    maxPayload: wire.maxServerFrameBytes,
    perMessageDeflate: false,
    // For a peer that sends its close frame first and then leaves the TCP connection open.
    closeTimeout: closeTimeoutMs,
    ...(agent !== undefined && { agent }),
    finishRequest(request) {
      // Known as soon as TCP is up, also when there is no time left for the rest of this attempt.
      request.once('socket', (socket) =>
        socket.once('connect', () => systemFamilies.reached(url.hostname, socket.remoteFamily)),
      );
      request.end();
    },
  };
  return new WebSocket(url, [...subprotocols], options);
}
