/**
 * Counts what a client sends unasked. Answers to an open turn are not counted: without the platform's reveal delay
 * a fast bot rightly gives more of them in a second than the protocol's limit of frames.
 */
import type { Peer } from './peer.js';
import type { Timers } from './timers.js';

const defaults = {
  framesPerWindow: 10,
  windowMs: 1_000,
  /** The violation that closes the connection (docs/protocol.md 4). */
  maxViolations: 5,
} as const;

/**
 * @param closeCode sent with the last violation.
 * @returns a function to call for each unasked frame; false means that the frame is over the limit and was dealt with.
 */
export function createRateLimit(peer: () => Peer, timers: Timers, closeCode: number): () => boolean {
  let windowStart = timers.now();
  let frames = 0;
  let violations = 0;
  return () => {
    if (timers.now() - windowStart >= defaults.windowMs) {
      windowStart = timers.now();
      frames = 0;
    }
    frames += 1;
    if (frames <= defaults.framesPerWindow) return true;
    frames = 0;
    violations += 1;
    if (violations < defaults.maxViolations) {
      peer().sendError('rate_limited', `At most ${defaults.framesPerWindow} frames a second are taken.`);
    } else {
      peer().close(closeCode, 'rate_limit_exceeded');
    }
    return false;
  };
}
