/** One connection of the platform, as the rest of it sees it. */
import type { JsonObject } from '../../protocol/frames.js';

export interface Peer {
  /** True until either side closes. */
  readonly isOpen: boolean;
  send(frame: object): void;
  /** Sends an `error` frame, on a counter of its own (docs/protocol.md 3). */
  sendError(code: string, message: string, more?: JsonObject): void;
  /** Sends text as a text frame, bytes as a binary one, without checking it. */
  sendRaw(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  /** Ends the TCP connection without a close frame. */
  terminate(): void;
  /** Stops reading and answering, like a server that is gone unnoticed. */
  freeze(): void;
  /** Sends a WebSocket ping and calls back with whether an answer came in time. */
  readonly probe: (timeoutMs: number, onResult: (alive: boolean) => void) => void;
}

export interface PeerHandlers {
  onText(text: string): void;
  onBinary(): void;
  /** Called once, also after `close` and `terminate`. */
  onClosed(code: number, reason: string): void;
}
