import type { TurnRequest } from '../protocol/frames.js';

/** Durations in milliseconds. */
const turnClockDefaults = {
  /** Assumed when no frame named a clock: the shortest that the platform uses (docs/protocol.md 4). */
  clockMs: 2_000,
  /** No turn takes longer than this: timers cannot count much further. */
  maxClockMs: 86_400_000,
  /** Until a round trip is known, the margin is this share of the clock, within bounds. */
  guessedShare: 0.1,
  maxGuessMs: 500,
  maxGuessedShare: 0.25,
  /** Round trips say how long the way to the server takes; the reserve is for what a busy machine adds to it. */
  roundTrips: 1.5,
  reservedShare: 0.05,
  minReserveMs: 50,
  maxReserveMs: 100,
  /** Ticks of other games are as short as 100 ms, and most of that is the bot's. */
  maxReservedShare: 0.125,
  /** No margin takes more of the clock than this, not even the option `marginMs`. */
  maxShare: 0.5,
};

/** What the socket knows of how a frame arrived. Durations in milliseconds. */
export interface FrameTiming {
  /** How much longer the frame took than the fastest frame of late. */
  lateMs: number;
  /** How long a round trip takes; null until one was measured. */
  roundTripMs: number | null;
  /** No connection was handed this turn before, and it was not the first frame of this one: all of its clock is left. */
  isFresh?: boolean;
}

/** Durations from the arrival of a turn, in milliseconds. */
export interface TurnBudget {
  /** Until the server's clock runs out. */
  leftMs: number;
  /** Until the agent answers in the bot's place. */
  thinkMs: number;
}

export interface TurnClockOptions {
  /** Clocks that earlier frames named; the first that is a number counts. */
  known: readonly (number | null)[];
  timing?: FrameTiming | undefined;
  /** The margin of the options; null: a margin made from round trips. */
  marginMs?: number | null;
}

/** How long the server waits for this decision, and how long the bot may think. */
export function turnClock(
  frame: TurnRequest,
  { known, timing, marginMs = null }: TurnClockOptions,
): TurnBudget {
  const clockMs = turnClockMs(frame, known, timing?.isFresh);
  const lateMs = Math.max(0, timing?.lateMs ?? 0);
  // A frame cannot be late by more than the whole clock: then the server's time was set, and only the duration counts.
  const leftMs = lateMs < clockMs ? clockMs - lateMs : clockMs;
  const margin =
    marginMs === null
      ? turnMarginMs(clockMs, timing?.roundTripMs ?? null)
      : Math.min(marginMs, clockMs * turnClockDefaults.maxShare);
  return { leftMs, thinkMs: Math.max(0, leftMs - margin) };
}

/**
 * How long the server waits from the moment it sent this frame. Both time stamps are on the server's clock, so their
 * difference is what was left then, whatever our clock shows; a repeated turn may have less left than its budget. A fresh
 * turn that names its clock has all of it: its two time stamps may come from two machines of the server.
 */
export function turnClockMs(
  frame: TurnRequest,
  known: readonly (number | null)[],
  isFresh: boolean = false,
): number {
  const { serverTimeMs = Number.NaN, deadline_ts = Number.NaN } = frame;
  const own = namedClockMs(frame);
  const named = own ?? known.find(isPositive) ?? turnClockDefaults.clockMs;
  const clockMs = Math.min(named, turnClockDefaults.maxClockMs);
  if (isFresh && own !== null) return clockMs;
  // NaN where a time stamp is missing.
  const leftMs = deadline_ts - serverTimeMs;
  return leftMs > 0 ? Math.min(leftMs, clockMs) : clockMs;
}

/** The clock that this frame names, in milliseconds; null when it names none. */
export function namedClockMs({ timeout_ms, turn_duration_ms }: TurnRequest): number | null {
  return [timeout_ms, turn_duration_ms].find(isPositive) ?? null;
}

const isPositive = (ms: number | null | undefined): ms is number => (ms ?? 0) > 0;

/** How long before the server's clock runs out the agent answers in the bot's place. */
export function turnMarginMs(clockMs: number, roundTripMs: number | null = null): number {
  const limits = turnClockDefaults;
  if (roundTripMs === null) {
    const guess = within(limits.minReserveMs, clockMs * limits.guessedShare, limits.maxGuessMs);
    return Math.min(guess, clockMs * limits.maxGuessedShare);
  }
  const reserve = within(limits.minReserveMs, clockMs * limits.reservedShare, limits.maxReserveMs);
  const kept = Math.min(reserve, clockMs * limits.maxReservedShare);
  return Math.min(roundTripMs * limits.roundTrips + kept, clockMs * limits.maxShare);
}

const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));
