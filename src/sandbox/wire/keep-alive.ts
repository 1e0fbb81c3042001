/** Checks whether the other side of a connection is still there. */

import type { Timer, Timers } from '../../time/timers.js';
import type { Peer } from './peer.js';

export interface KeepAliveOptions {
  pingIntervalMs: number;
  pongTimeoutMs: number;
}

/**
 * Pings regularly until an answer is missing or the peer is gone.
 *
 * @param ask sends one ping and calls back with whether it was answered in time.
 * @returns the function that stops it.
 */
export function keepAlive(
  peer: Peer,
  timers: Timers,
  { pingIntervalMs, pongTimeoutMs }: KeepAliveOptions,
  ask: (timeoutMs: number, onResult: (alive: boolean) => void) => void,
): () => void {
  let stopped = false;
  let timer: Timer;
  const arm = () => {
    timer = timers.after(pingIntervalMs, () =>
      ask(pongTimeoutMs, (alive) => {
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

/** Pings that are frames. */
export interface TextPing {
  readonly ask: (timeoutMs: number, onResult: (alive: boolean) => void) => void;
  /** @returns false when no ping was open. */
  answered(): boolean;
  cancel(): void;
}

/** Pings that are frames and are answered by frames, as older servers send them (docs/protocol.md 4). */
export function createTextPing(peer: Peer, timers: Timers, frame: object): TextPing {
  let settle: ((alive: boolean) => void) | null = null;
  return {
    ask(timeoutMs, onResult) {
      const timer = timers.after(timeoutMs, () => settle?.(false));
      settle = (alive) => {
        timer.cancel();
        settle = null;
        onResult(alive);
      };
      peer.send(frame);
    },
    answered() {
      const wasAsked = settle !== null;
      settle?.(true);
      return wasAsked;
    },
    cancel() {
      settle?.(false);
    },
  };
}
