/** The lobby hours of a day, and what of them the fixtures of the day need. */
import { dayStart, untilMidnightMs } from '../time/utc-day.js';
import { type DayBook, type DayLimits, dayBookAt } from './day-book.js';

const defaults = {
  /** A bot is in its lobby from so long before a fixture on. */
  leadMs: 12 * 60_000,
  /** And until the end of the match, or so long after its mark. */
  lingerMs: 40 * 60_000,
  /** What is left unused, at most: time is added twice a minute, and the platform counts from the first byte to the last. */
  marginMs: 120_000,
  marginShare: 0.02,
} as const;

/**
 * Adds time that was spent in the lobby until now. What lies before midnight belongs to the day before, which is over.
 *
 * @param forMs on a clock that does not jump.
 */
export function withLobbyTime(book: DayBook, forMs: number, wallNow: number): DayBook {
  const fresh = dayBookAt(book, wallNow);
  // The book may be that of the new day already.
  const addedMs = Math.min(forMs, wallNow - dayStart(wallNow));
  return addedMs <= 0 ? fresh : { ...fresh, lobbyMs: fresh.lobbyMs + addedMs };
}

/**
 * What the fixtures of today need of the lobby hours, in ms: from 12 minutes before each to 40 minutes after it, where they
 * overlap once, and only what lies before midnight.
 *
 * @param marks when those that are still to be played begin.
 */
export function reservedLobbyMs(marks: readonly number[], wallNow: number): number {
  const midnight = wallNow + untilMidnightMs(wallNow);
  let reservedMs = 0;
  let coveredTo = wallNow;
  for (const mark of marks.toSorted((one, other) => one - other)) {
    const from = Math.max(coveredTo, mark - defaults.leadMs);
    const to = Math.min(midnight, mark + defaults.lingerMs);
    reservedMs += Math.max(0, to - from);
    coveredTo = Math.max(coveredTo, to);
  }
  return reservedMs;
}

/** Lobby time that is left for anything but fixtures, in ms; null: any. */
export function freeLobbyMs(
  book: DayBook,
  limits: DayLimits,
  { marks, wallNow }: { marks: readonly number[]; wallNow: number },
): number | null {
  if ((book.refusedUntil.lobbyHours ?? 0) > wallNow) return 0;
  if (limits.lobbyMs === null) return null;
  const marginMs = Math.min(defaults.marginMs, limits.lobbyMs * defaults.marginShare);
  return Math.max(0, limits.lobbyMs - marginMs - book.lobbyMs - reservedLobbyMs(marks, wallNow));
}
