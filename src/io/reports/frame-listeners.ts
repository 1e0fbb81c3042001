/**
 * The listeners for frames. Every listener gets each frame, and cannot change it for the machines or for other
 * listeners.
 */

import type { AgentEvent } from '../../protocol/events.js';
import type { JsonObject, WireFrame } from '../../protocol/frames.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import type { FrameTap } from '../sockets/frame-tap.js';
import { type Listener, onFirstFailure } from './listener.js';

/** Called with each frame. What it throws, or a promise that it returns rejects with, is caught. */
export type FrameListener = Listener<WireFrame>;

/** Options of `createFrameListeners`. */
export interface FrameListenersOptions {
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
  /** Called with a `config.warning` at the first failure of each listener. */
  emit: (event: AgentEvent) => void;
}

/** The tap of socket ports, and its listeners. */
export interface FrameListeners extends FrameTap {
  /** Returns the function that ends the subscription. One listener may subscribe more than once. */
  readonly add: (listener: FrameListener) => () => void;
}

/** Without listeners at first; they come and go at any time. */
export function createFrameListeners(options: FrameListenersOptions): FrameListeners {
  refuseUnknown(options, { wallNow: true, emit: true }, 'createFrameListeners');
  const { wallNow, emit } = options;
  const listeners = new Set<FrameListener>();
  const call = onFirstFailure<WireFrame>((_listener, why) =>
    emit({ type: 'config.warning', message: `A listener of the agent's frames failed: ${why}` }),
  );

  return {
    get isOpen() {
      return listeners.size > 0;
    },
    report(matchId, direction, frame) {
      if (listeners.size === 0) return;
      // The ports of the lobby and of matches report frames of their own leg only.
      const reported = Object.freeze({
        matchId,
        direction,
        frame: frozenCopy(frame),
        at: wallNow(),
      }) as WireFrame;
      for (const listener of Array.from(listeners)) call(listener, reported);
    },
    add(listener) {
      // A wrapper for each call: the same function may be added twice and removed once.
      const own: FrameListener = (frame) => listener(frame);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/** A deeply frozen copy of JSON data. An own `__proto__`, which JSON may have, stays a field. */
export function frozenCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const item = frozenCopy((value as JsonObject)[name]);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: item, enumerable: true });
    else copy[name] = item;
  }
  return Object.freeze(copy);
}
