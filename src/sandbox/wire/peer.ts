/** The platform's end of one connection: bounded in both directions, contained, and silent after the close. */
import { type RawData, WebSocket } from 'ws';
import { type JsonObject, wire } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Dialect } from './dialect.js';
import { closeCodes } from './platform-closes.js';
import type { PlatformSocket } from './platform-socket.js';

const defaults = {
  /** How long a client may take to answer a close frame, and to read what was sent to it. */
  closeTimeoutMs: 2_000,
  /** A client that leaves so much unread is gone or hostile. */
  maxUnreadBytes: 4 * 1024 * 1024,
} as const;

export interface Peer {
  /** True until either side closes. */
  readonly isOpen: boolean;
  send(frame: object): void;
  /** An `error` frame, on a counter of its own (docs/protocol.md 3). */
  sendError(code: string, message: string, more?: JsonObject): void;
  /** Text goes out as a text frame, a buffer as a binary one, whatever is in them. */
  sendRaw(data: string | Buffer): void;
  close(code: number, reason: string): void;
  /** Ends the TCP connection without a word. */
  terminate(): void;
  /** Reads nothing more and answers nothing: a peer that is gone without anybody noticing. */
  freeze(): void;
  /** Sends a WebSocket ping and tells whether an answer came in time. */
  readonly probe: (timeoutMs: number, onResult: (alive: boolean) => void) => void;
}

export interface PeerHandlers {
  onText(text: string): void;
  onBinary(): void;
  /** Called once, also after a close of our own. */
  onClosed(code: number, reason: string): void;
}

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
  /** Told by the next pong, or by the end. */
  const probes = new Set<(alive: boolean) => void>();

  const contain = (where: string, run: () => void): void => {
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
        contain('probe', () => onResult(alive));
      };
      const timer = timers.after(timeoutMs, () => settle(false));
      probes.add(settle);
      if (!frozen && peer.isOpen) socket.ping();
    },
  };

  const receive = (data: RawData, isBinary: boolean): void => {
    // What arrives after our close was sent before the client knew of it.
    if (!peer.isOpen || !Buffer.isBuffer(data)) return;
    if (isBinary) handlers.onBinary();
    else handlers.onText(data.toString());
  };

  socket.onOversize = () => {
    peer.sendError('message_too_large', `A frame has at most ${wire.maxClientFrameBytes} bytes.`);
    peer.close(closeCodes.messageTooLarge, 'message_too_large');
  };
  socket.on('message', (data, isBinary) => contain('message', () => receive(data, isBinary)));
  // Frames that break the WebSocket protocol end the connection; the close event tells it.
  socket.on('error', () => undefined);
  socket.on('pong', () => {
    for (const settle of probes) settle(true);
  });
  socket.on('close', (code, reason) => {
    closing?.cancel();
    contain('close', () => handlers.onClosed(code, reason.toString()));
    for (const settle of probes) settle(false);
  });
  return peer;
}
