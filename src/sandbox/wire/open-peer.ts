/**
 * The platform's end of one connection: with limits in both directions, without exceptions, and silent after the
 * close.
 */
import { type RawData, WebSocket } from 'ws';
import { wire } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Dialect } from './dialect.js';
import type { Peer, PeerHandlers } from './peer.js';
import { closeCodes } from './platform-closes.js';
import type { PlatformSocket } from './platform-socket.js';

const defaults = {
  /** How long a client may take to answer a close frame and to read what was sent. */
  closeTimeoutMs: 2_000,
  /** A client with so much unread data is gone or hostile. */
  maxUnreadBytes: 4 * 1024 * 1024,
} as const;

export interface PeerOptions {
  socket: PlatformSocket;
  /** `match_id` of error frames. */
  id: string;
  timers: Timers;
  dialect: Dialect;
  onFault: (where: string, error: unknown) => void;
}

export function openPeer(
  { socket, id, timers, dialect, onFault }: PeerOptions,
  handlers: PeerHandlers,
): Peer {
  let closing: Timer | null = null;
  let frozen = false;
  /** Called at the next pong, or at the end. */
  const probes = new Set<(alive: boolean) => void>();

  const guard = (where: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      onFault(where, error);
    }
  };

  const peer: Peer = {
    get isOpen() {
      return closing === null && socket.readyState === WebSocket.OPEN;
    },
    send(frame) {
      peer.sendRaw(JSON.stringify(frame));
    },
    sendError(code, message, more = {}) {
      const server_ts = dialect.timestamp(timers.now());
      peer.send({ type: 'error', match_id: id, seq: 1, server_ts, code, message, ...more });
    },
    sendRaw(data) {
      if (!peer.isOpen || frozen) return;
      if (socket.bufferedAmount > defaults.maxUnreadBytes) {
        socket.terminate();
        return;
      }
      socket.gather();
      socket.send(data, { binary: typeof data !== 'string' });
    },
    close(code, reason) {
      if (!peer.isOpen) return;
      socket.close(code, reason);
      closing = timers.after(defaults.closeTimeoutMs, () => socket.terminate());
    },
    terminate() {
      socket.terminate();
    },
    freeze() {
      frozen = true;
      socket.pause();
    },
    probe(timeoutMs, onResult) {
      const settle = (alive: boolean) => {
        probes.delete(settle);
        timer.cancel();
        guard('probe', () => onResult(alive));
      };
      const timer = timers.after(timeoutMs, () => settle(false));
      probes.add(settle);
      if (!frozen && peer.isOpen) socket.ping();
    },
  };

  const receive = (data: RawData, isBinary: boolean): void => {
    // Frames that arrive after this side's close are ignored: the client had not seen it.
    if (!peer.isOpen || !Buffer.isBuffer(data)) return;
    if (isBinary) handlers.onBinary();
    else handlers.onText(data.toString());
  };

  socket.onOversize = () => {
    peer.sendError('message_too_large', `A frame has at most ${wire.maxClientFrameBytes} bytes.`);
    peer.close(closeCodes.messageTooLarge, 'message_too_large');
  };
  socket.on('message', (data, isBinary) => guard('message', () => receive(data, isBinary)));
  // Frames that break the WebSocket protocol end the connection; a `close` event follows.
  socket.on('error', () => undefined);
  socket.on('pong', () => {
    for (const settle of probes) settle(true);
  });
  socket.on('close', (code, reason) => {
    closing?.cancel();
    guard('close', () => handlers.onClosed(code, reason.toString()));
    for (const settle of probes) settle(false);
  });
  return peer;
}
