/** All watches of an open connection, to notice when it is dead. */

import type { Clock } from '../../time/clock.js';
import type { ClockJumps } from '../../time/clock-jumps.js';
import { watchLifeSigns } from './life-signs.js';
import { measureRoundTrips } from './round-trips.js';
import { type SilenceWatch, watchSilence } from './silence.js';

const defaults = {
  silenceLooks: 8,
  /** After a sleep the other side has probably given up the connection, and a reconnect is urgent. */
  jumpAnswerMs: 5_000,
} as const;

const silences = {
  noPong: 'The other side does not answer pings any more.',
  noFrame: 'No frame came for',
} as const;

/** Whether a connection that ended with this reason was given up because it was silent. */
export const isSilence = (reason: string): boolean =>
  reason === silences.noPong || reason.startsWith(silences.noFrame);

/** What is watched, and with which limits; durations are in milliseconds. */
export interface VigilOptions {
  clock: Clock;
  /** Milliseconds that do not jump. */
  now: () => number;
  jumps: ClockJumps;
  /** See `ConnectionLimits`. */
  limits: {
    pings: 'silence' | 'always';
    keepaliveIntervalMs: number;
    pongTimeoutMs: number;
    frameSilenceMs: number;
  };
  /** Sends a ping with this payload. */
  ping: (payload: string) => void;
  /** Called once, with a sentence about what was missing. */
  onDead: (reason: string) => void;
}

export interface Vigil {
  /** To be called when anything was received. */
  received(): void;
  receivedFrame(): void;
  receivedPong(payload: string): void;
  /** Sends a ping, unless one is still unanswered. */
  ping(): void;
  stop(): void;
  /** How long a round trip takes, in ms; null before the first one was measured. */
  readonly roundTripMs: number | null;
  /** How long the newest ping took, or has taken so far, in ms; 0 if no ping was ever answered. */
  readonly newestRoundTripMs: number;
}

/**
 * Starts when the socket is open. The first ping is sent at once to measure the round trip: a turn may come before
 * the next ping.
 */
export function watchConnection({ clock, now, jumps, limits, ping, onDead }: VigilOptions): Vigil {
  const roundTrips = measureRoundTrips(now);
  const sendPing = (): void => ping(roundTrips.sent());
  const life = watchLifeSigns({
    clock,
    now,
    ask: limits.pings,
    intervalMs: limits.keepaliveIntervalMs,
    answerMs: limits.pongTimeoutMs,
    onAsk: sendPing,
    onDead: () => onDead(silences.noPong),
  });
  const frames: SilenceWatch | null = Number.isFinite(limits.frameSilenceMs)
    ? watchSilence({
        clock,
        limitMs: limits.frameSilenceMs,
        looks: defaults.silenceLooks,
        onSilent: () => onDead(`${silences.noFrame} ${limits.frameSilenceMs / 1000} s.`),
      })
    : null;
  const unwatch = jumps.watch(() => life.askNow(defaults.jumpAnswerMs));
  sendPing();

  return {
    received: () => life.received(),
    receivedFrame() {
      life.received();
      frames?.received();
    },
    receivedPong(payload) {
      life.received();
      roundTrips.received(payload);
    },
    ping() {
      if (!roundTrips.isWaiting) sendPing();
    },
    stop() {
      life.stop();
      frames?.stop();
      unwatch();
    },
    get roundTripMs() {
      return roundTrips.ms;
    },
    get newestRoundTripMs() {
      return roundTrips.newestMs;
    },
  };
}
