/** The platform's end of one connection: bounded input, contained handlers, nothing sent after the close. */
import { type RawData, WebSocket } from 'ws';
import { type JsonObject, wire } from '../protocol/frames.js';
import type { Timer, Timers } from './timers.js';

const defaults = {
  /** How long a client may take to answer a close frame, and to read what was sent to it. */
  closeTimeoutMs: 2_000,
} as const;

/** Close codes of docs/protocol.md 5. */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  /** Never sent: the connection just ended. */
  abnormal: 1006,
  policyViolation: 1008,
  heartbeat: 4000,
  authFailed: 4001,
  tokenRevoked: 4002,
  matchRefused: 4002,
  matchEnded: 4005,
  unknownParticipant: 4006,
  handshakeTimeout: 4007,
  messageTooLarge: 4008,
  rateLimit: 4009,
  serverError: 4011,
  versionMismatch: 4013,
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
  probe(timeoutMs: number, onResult: (alive: boolean) => void): void;
}

export interface PeerHandlers {
  onText(text: string): void;
  onBinary(): void;
  /** Called once, also after a close of our own. */
  onClosed(code: number, reason: string): void;
}

export interface PeerOptions {
  socket: WebSocket;
  /** `match_id` of error frames. */
  id: string;
  timers: Timers;
  onFault: (where: string, error: unknown) => void;
}

export function openPeer({ socket, id, timers, onFault }: PeerOptions, handlers: PeerHandlers): Peer {
  let closing: Timer | null = null;
  let frozen = false;

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
      peer.send({ type: 'error', match_id: id, seq: 1, server_ts: timers.now(), code, message, ...more });
    },
    sendRaw(data) {
      if (peer.isOpen) socket.send(data, { binary: typeof data !== 'string' });
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
        timer.cancel();
        socket.off('pong', onPong);
        socket.off('close', onClose);
        contain('probe', () => onResult(alive));
      };
      const onPong = () => settle(true);
      const onClose = () => settle(false);
      const timer = timers.after(timeoutMs, onClose);
      socket.on('pong', onPong);
      socket.on('close', onClose);
      if (!frozen && peer.isOpen) socket.ping();
    },
  };

  const receive = (data: RawData, isBinary: boolean): void => {
    // What arrives after our close was sent before the client knew of it.
    if (!peer.isOpen || !Buffer.isBuffer(data)) return;
    if (data.length > wire.maxClientFrameBytes) {
      peer.sendError('message_too_large', `A frame has at most ${wire.maxClientFrameBytes} bytes.`);
      peer.close(closeCodes.messageTooLarge, 'message_too_large');
    } else if (isBinary) {
      handlers.onBinary();
    } else {
      handlers.onText(data.toString());
    }
  };

  socket.on('message', (data, isBinary) => contain('message', () => receive(data, isBinary)));
  // Frames that break the WebSocket protocol end the connection; the close event tells it.
  socket.on('error', () => undefined);
  socket.on('close', (code, reason) => {
    closing?.cancel();
    contain('close', () => handlers.onClosed(code, reason.toString()));
  });
  return peer;
}

/** Pings at a steady pace until an answer is missing or the peer is gone. Returns what ends it. */
export function keepAlive(
  peer: Peer,
  timers: Timers,
  { pingIntervalMs, pongTimeoutMs }: { pingIntervalMs: number; pongTimeoutMs: number },
): () => void {
  let stopped = false;
  let timer: Timer;
  const arm = () => {
    timer = timers.after(pingIntervalMs, () =>
      peer.probe(pongTimeoutMs, (alive) => {
        if (stopped) return;
        if (alive) arm();
        else peer.terminate();
      }),
    );
  };
  arm();
  return () => {
    stopped = true;
    timer.cancel();
  };
}
