import type { Agent } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import { addressing, systemFamilies } from '../../network/address-families.js';
import { wire } from '../../protocol/frames.js';

/** What a connection is opened with. */
export interface Dialing {
  userAgent: string;
  subprotocols?: readonly string[];
  /** How long the peer may take to answer a close frame, in ms. */
  closeTimeoutMs: number;
  /** The agent of a tunnel through a proxy. */
  agent?: Agent | undefined;
}

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
