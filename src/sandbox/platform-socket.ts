import { WebSocket } from 'ws';
import { closeCodes } from './close-codes.js';

/**
 * A WebSocket that leaves the answer to an oversize frame to its owner. `ws` sees from the header of a frame that it
 * is too large, before any of it is kept, and closes with 1009; this platform has a code and a word of its own for it.
 */
export class PlatformSocket extends WebSocket {
  onOversize: (() => void) | null = null;

  override close(code?: number, reason?: string | Buffer): void {
    if (code === closeCodes.messageTooBig && this.onOversize !== null) this.onOversize();
    else super.close(code, reason);
  }
}
