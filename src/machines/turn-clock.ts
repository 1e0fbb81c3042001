import type { TurnRequest } from '../protocol/frames.js';

/** Durations in milliseconds. */
const turnClockDefaults = {
  /** Assumed when no frame ever named a clock: the shortest the platform uses (docs/protocol.md 4). */
  clockMs: 2_000,
  /** No turn is waited for longer; timers cannot count much further. */
  maxClockMs: 86_400_000,
  /** The margin is this share of the clock, within the bounds below, and never more than a quarter of it. */
  marginShare: 0.1,
  minMarginMs: 50,
  maxMarginMs: 500,
};

/**
 * How long the server waits for this decision. Both of its time stamps are on its own clock, so their difference is
 * what was left when the frame was sent, whatever our clock shows; a repeated turn may have less left than its budget.
 */
export function turnClockMs(frame: TurnRequest, known: readonly (number | null)[]): number {
  const named = [frame.timeout_ms, frame.turn_duration_ms, ...known].find(
    (ms): ms is number => typeof ms === 'number' && ms > 0,
  );
  const clockMs = Math.min(named ?? turnClockDefaults.clockMs, turnClockDefaults.maxClockMs);
  if (frame.deadline_ts === undefined || frame.server_ts === undefined) return clockMs;
  const leftMs = frame.deadline_ts - frame.server_ts;
  return leftMs > 0 && leftMs < clockMs ? leftMs : clockMs;
}

/** How long before the server's clock runs out the agent answers in the bot's place. */
export function turnMarginMs(clockMs: number): number {
  const { marginShare, minMarginMs, maxMarginMs } = turnClockDefaults;
  const margin = Math.min(maxMarginMs, Math.max(minMarginMs, clockMs * marginShare));
  return Math.min(margin, clockMs / 4);
}
