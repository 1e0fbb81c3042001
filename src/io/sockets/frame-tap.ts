import type { ClientFrame, ServerFrame } from '../../protocol/frames.js';

/** Where a socket port reports its frames, for listeners. */
export interface FrameTap {
  /** Whether there are listeners. A port does no work for a closed tap. */
  readonly isOpen: boolean;
  /**
   * Reports a frame without credentials, in the order of the wire: a received frame before anything is done about it,
   * a sent frame after it was sent.
   *
   * @param matchId null for the lobby's connection.
   */
  report(matchId: string | null, direction: 'in' | 'out', frame: ServerFrame | ClientFrame): void;
}

/**
 * Called with the text of each frame, JSON with its secrets masked, in the order of the wire: before anything is done about
 * a received frame, after a sent one was sent. It must not throw.
 *
 * @param matchId null for the lobby's connection.
 */
export type FrameRecorder = (matchId: string | null, direction: 'in' | 'out', text: string) => void;
