import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { closeCodes } from './platform-closes.js';

/**
 * A WebSocket that leaves the answer to an oversize frame to its owner. `ws` sees in the header of a frame that it is
 * too large, before it stores anything, and closes with 1009; this platform has its own code and reason for it.
 *
 * Frames that are sent together are written together: an action gives a client up to four frames, and writing each of
 * them on its own would be the most expensive thing that the platform does.
 */
export class PlatformSocket extends WebSocket {
  onOversize: (() => void) | null = null;
  /** The TCP connection. */
  tcp: Socket | null = null;
  private isGathering = false;

  /** To be called before `send`: all frames sent in this turn of the event loop are written together at its end. */
  gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.tcp?.cork();
    process.nextTick(() => this.release());
  }

  override terminate(): void {
    this.release();
    super.terminate();
  }

  private release(): void {
    if (!this.isGathering) return;
    this.isGathering = false;
    this.tcp?.uncork();
  }

  override close(code?: number, reason?: string | Buffer): void {
    if (code === closeCodes.messageTooBig && this.onOversize !== null) this.onOversize();
    else super.close(code, reason);
  }
}
