import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { closeCodes } from './platform-closes.js';

/**
 * A WebSocket that leaves the answer to an oversize frame to its owner. `ws` sees from the header of a frame that it
 * is too large, before any of it is kept, and closes with 1009; this platform has a code and a word of its own for it.
 *
 * What is sent in one go leaves in one go: an action brings a client up to four frames, and nothing costs the platform
 * more than handing each of them to the system on its own.
 */
export class PlatformSocket extends WebSocket {
  onOversize: (() => void) | null = null;
  /** The connection under it. */
  tcp: Socket | null = null;
  private isGathering = false;

  /** To be called before `send`: what is sent now leaves together when the code that runs is through. */
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
