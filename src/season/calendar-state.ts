/** The small file beside a calendar, from which the next one goes on. */
import { readFileSync } from 'node:fs';
import { writeWhole } from '../files/write-whole.js';
import { isObject, isText } from '../protocol/checks.js';
import type { CalendarEntry } from './calendar-entries.js';

const defaults = { schema: 1, maxEntries: 10_000 } as const;

/** Null for `entries`: there is a file, and it cannot be used; `why` ends a sentence. */
export type ReadCalendarState =
  | { readonly entries: CalendarEntry[] }
  | { readonly entries: null; readonly why: string };

/** No file is an empty one. */
export function readCalendarState(path: string): ReadCalendarState {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return code === 'ENOENT' ? { entries: [] } : { entries: null, why: `it cannot be read (${code})` };
  }
  const state = jsonOf(text);
  if (!isObject(state) || state['schema'] !== defaults.schema || !Array.isArray(state['entries']))
    return { entries: null, why: 'it is damaged, or of another version' };
  const entries = state['entries'].filter(isEntry).slice(0, defaults.maxEntries);
  return entries.length === state['entries'].length
    ? { entries }
    : { entries: null, why: 'it is damaged, or of another version' };
}

/** @throws the system's error. */
export function writeCalendarState(path: string, entries: readonly CalendarEntry[]): void {
  writeWhole(path, `${JSON.stringify({ schema: defaults.schema, entries }, null, 1)}\n`, { isDurable: true });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is CalendarEntry {
  if (!isObject(value)) return false;
  const { uid, sequence, stampedAt, startsAt, isCancelled, decisionClockMs } = value;
  const texts = [value['fixtureId'], value['opponent'], value['stage'], value['round']];
  return (
    isText(uid) &&
    Number.isSafeInteger(sequence) &&
    isMoment(stampedAt) &&
    isMoment(startsAt) &&
    typeof isCancelled === 'boolean' &&
    (decisionClockMs === null || typeof decisionClockMs === 'number') &&
    texts.every((text) => text === null || isText(text))
  );
}

/** Of a date that can be written. */
const isMoment = (value: unknown): boolean =>
  typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
