import type { TurnRequest } from '../protocol/frames.js';

/** Durations in milliseconds. */
const turnClockDefaults = {
  /** Assumed when no frame ever named a clock: the shortest the platform uses (docs/protocol.md 4). */
  clockMs: 2_000,
  /** No turn is waited for longer; timers cannot count much further. */
  maxClockMs: 86_400_000,
  /** Before any round trip is known the margin is this share of the clock, within bounds. */
  guessedShare: 0.1,
  maxGuessMs: 500,
  maxGuessedShare: 0.25,
  /** What the way to the server takes is known from round trips, what a busy machine adds to it is not. */
  roundTrips: 1.5,
  reservedShare: 0.05,
  minReserveMs: 50,
  maxReserveMs: 100,
  /** No margin takes more of the clock than this, not even one that was asked for. */
  maxShare: 0.5,
};

/** What the socket knows of the way that a frame came. Durations in milliseconds. */
export interface FrameTiming {
  /** How much longer the frame took than the fastest of late. */
  lateMs: number;
  /** What a round trip takes; null while none was measured. */
  roundTripMs: number | null;
  /** No connection was handed this turn before, and it did not come first on one: all of its clock is left. */
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
  /** Clocks that earlier frames named, the first one that is a number counts. */
  known: readonly (number | null)[];
  timing?: FrameTiming | undefined;
  /** A margin that was asked for; null: what round trips say. */
  marginMs?: number | null;
}

/** How long the server waits for this decision, and how long the bot may think. */
export function turnClock(
  frame: TurnRequest,
  { known, timing, marginMs = null }: TurnClockOptions,
): TurnBudget {
  const clockMs = turnClockMs(frame, known, timing?.isFresh);
  const lateMs = timing?.lateMs ?? 0;
  // Later than the whole clock is no delay: the server's time was set. Then the duration is all there is to go by.
  const leftMs = lateMs > 0 && lateMs < clockMs ? clockMs - lateMs : clockMs;
  const margin =
    marginMs === null
      ? turnMarginMs(clockMs, timing?.roundTripMs ?? null)
      : Math.min(marginMs, clockMs * turnClockDefaults.maxShare);
  return { leftMs, thinkMs: Math.max(0, leftMs - margin) };
}

/**
 * How long the server waits from the moment it sent this frame. Both of its time stamps are on its own clock, so their
 * difference is what was left then, whatever our clock shows; a repeated turn may have less left than its budget. A fresh
 * one that names its clock has all of that: two machines of the server may have stamped it.
 */
export function turnClockMs(
  frame: TurnRequest,
  known: readonly (number | null)[],
  isFresh: boolean = false,
): number {
  const named = [frame.timeout_ms, frame.turn_duration_ms, ...known].find(
    (ms): ms is number => typeof ms === 'number' && ms > 0,
  );
  const clockMs = Math.min(named ?? turnClockDefaults.clockMs, turnClockDefaults.maxClockMs);
  if (frame.deadline_ts === undefined || frame.server_ts === undefined) return clockMs;
  if (isFresh && [frame.timeout_ms, frame.turn_duration_ms].includes(named)) return clockMs;
  const leftMs = frame.deadline_ts - frame.server_ts;
  return leftMs > 0 && leftMs < clockMs ? leftMs : clockMs;
}

/** How long before the server's clock runs out the agent answers in the bot's place. */
export function turnMarginMs(clockMs: number, roundTripMs: number | null = null): number {
  const limits = turnClockDefaults;
  if (roundTripMs === null) {
    const guess = within(limits.minReserveMs, clockMs * limits.guessedShare, limits.maxGuessMs);
    return Math.min(guess, clockMs * limits.maxGuessedShare);
  }
  const reserve = within(limits.minReserveMs, clockMs * limits.reservedShare, limits.maxReserveMs);
  return Math.min(roundTripMs * limits.roundTrips + reserve, clockMs * limits.maxShare);
}

const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));
