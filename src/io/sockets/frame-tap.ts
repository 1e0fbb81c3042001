import type { ClientFrame, ServerFrame } from '../../protocol/frames.js';

/** Where a socket port reports the frames that pass it, for whoever listens to them. */
export interface FrameTap {
  /** Whether anybody listens. A port makes nothing for a tap that is closed. */
  readonly isOpen: boolean;
  /**
   * Reports a frame without a credential in it, in the order of the wire: one that came before anything is done about it,
   * one of ours when it has left.
   *
   * @param matchId null for the lobby's connection.
   */
  report(matchId: string | null, direction: 'in' | 'out', frame: ServerFrame | ClientFrame): void;
}
