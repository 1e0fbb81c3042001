/** What recordings tell of today, for a day book that was damaged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DayBook, type DayMatch, newDayBook } from '../budget/day-book.js';
import { isObject } from '../protocol/checks.js';
import { resultsName } from '../recording/record-names.js';
import { dayStart } from '../time/utc-day.js';

/**
 * Today's matches, and the time in which at least one was played: the bot was in its lobby for that long at least. Null:
 * there are no results to be read.
 */
export function rebuiltDay(folder: string, wallNow: number): DayBook | null {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, resultsName), 'utf8').split('\n');
  } catch {
    return null;
  }
  const today = { from: dayStart(wallNow), to: wallNow };
  const played = lines.flatMap(resultOf);
  const matches = new Map<string, DayMatch>();
  for (const { matchId, startedAt } of played) {
    if (startedAt < today.from || startedAt > today.to) continue;
    matches.set(matchId, { matchId, kind: 'unasked', claim: null, at: startedAt });
  }
  return { ...newDayBook(wallNow), matches: [...matches.values()], lobbyMs: coveredMs(played, today) };
}

interface Played {
  readonly matchId: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A line that cannot be read tells nothing. */
function resultOf(line: string): Played[] {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return [];
    const { matchId, startedAt, endedAt } = value;
    if (typeof matchId !== 'string' || !Number.isFinite(startedAt) || !Number.isFinite(endedAt)) return [];
    return [{ matchId, startedAt: Math.round(Number(startedAt)), endedAt: Number(endedAt) }];
  } catch {
    return [];
  }
}

/** How much of the time between these two has matches in it. */
function coveredMs(played: readonly Played[], { from, to }: { from: number; to: number }): number {
  let sumMs = 0;
  let coveredTo = from;
  for (const { startedAt, endedAt } of played.toSorted((one, other) => one.startedAt - other.startedAt)) {
    const until = Math.min(endedAt, to);
    sumMs += Math.max(0, until - Math.max(startedAt, coveredTo));
    coveredTo = Math.max(coveredTo, until);
  }
  return sumMs;
}
