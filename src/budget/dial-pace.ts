/**
 * How long a dial of the lobby waits, over restarts: a supervisor that starts a program again and again, and a program that
 * dials again and again, multiply each other, and platforms have taken tokens away for a thousand logins a day.
 */
import { untilMidnightMs } from '../time/utc-day.js';
import type { DayBook } from './day-book.js';

const defaults = {
  /** So many sessions in a row without a connection that lasts cost nothing. */
  freeInARow: 5,
  firstMs: 1_000,
  longestMs: 300_000,
  /** So many dials of a day may come at any pace; those up to the most are spread over what is left of it. */
  freeADay: 200,
  mostADay: 1_000,
  /** The longest wait when a fixture or a match waits: the platform keeps a place for 90 s or 30 s. */
  urgentMs: 10_000,
} as const;

/** Milliseconds from now until a session may dial the lobby for the first time. @param isUrgent a fixture is near. */
export function startWaitMs({ dials }: DayBook, wallNow: number, isUrgent = false): number {
  if (dials.lastAt === null) return 0;
  const pauseMs = Math.max(pauseInARow(dials.unproven), pauseOfDay(dials.count, wallNow));
  // A clock that was set back has no time since then.
  const sinceMs = Math.max(0, wallNow - dials.lastAt);
  return Math.max(0, (isUrgent ? Math.min(pauseMs, defaults.urgentMs) : pauseMs) - sinceMs);
}

/** The least pause before a session dials again: within a session the lobby chart has a pace of its own. */
export function redialFloorMs({ dials }: DayBook, wallNow: number, isUrgent = false): number {
  const pauseMs = pauseOfDay(dials.count, wallNow);
  return isUrgent ? Math.min(pauseMs, defaults.urgentMs) : pauseMs;
}

function pauseInARow(unproven: number): number {
  const { freeInARow, firstMs, longestMs } = defaults;
  return unproven < freeInARow ? 0 : Math.min(longestMs, firstMs * 2 ** (unproven - freeInARow));
}

function pauseOfDay(count: number, wallNow: number): number {
  const { freeADay, mostADay } = defaults;
  if (count < freeADay) return 0;
  return Math.ceil(untilMidnightMs(wallNow) / Math.max(1, mostADay - count));
}

/** Counts a dial, before it is made. @param isFirst of its session. */
export function withDial(book: DayBook, wallNow: number, isFirst = true): DayBook {
  const { count, unproven } = book.dials;
  const inARow = unproven + (isFirst ? 1 : 0);
  return { ...book, dials: { count: count + 1, unproven: inARow, lastAt: Math.round(wallNow) } };
}

/** A connection has lasted: the next dials cost nothing again. */
export function withProvenDial(book: DayBook): DayBook {
  return book.dials.unproven === 0 ? book : { ...book, dials: { ...book.dials, unproven: 0 } };
}
