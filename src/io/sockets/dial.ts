import type { Agent } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import { wire } from '../../protocol/frames.js';
import { systemFamilies } from './address-families.js';

const defaults = {
  /**
   * The time for each address of a host except the last. Node's default of 250 ms ends every attempt to reach a host
   * farther away, and the last address may be of a family that this machine does not have.
   */
  attemptTimeoutMs: 2_500,
} as const;

/** What a connection is opened with. */
export interface Dialing {
  userAgent: string;
  subprotocols?: readonly string[];
  /** How long the peer may take to answer a close frame, in ms. */
  closeTimeoutMs: number;
  /** The agent of a tunnel through a proxy. */
  agent?: Agent | undefined;
}

/** How addresses are looked up and tried, both of the platform and of a proxy. */
export const addressing = {
  lookup: systemFamilies.lookup,
  autoSelectFamilyAttemptTimeout: defaults.attemptTimeoutMs,
} as const;

/**
 * Begins to open a WebSocket. Redirects are not followed and no compression is offered (docs/protocol.md 1).
 *
 * @throws when a value cannot be part of an upgrade request.
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
    // Needed for a peer that sends its close frame first and then leaves the TCP connection open.
    closeTimeout: closeTimeoutMs,
    ...(agent !== undefined && { agent }),
    finishRequest(request) {
      // Remembered as soon as TCP is connected, even if the rest of this attempt fails.
      request.once('socket', (socket) =>
        socket.once('connect', () => systemFamilies.reached(url.hostname, socket.remoteFamily)),
      );
      request.end();
    },
  };
  return new WebSocket(url, [...subprotocols], options);
}
