/** Reads single fields of answers. What has the wrong type counts as not there: null. */
import { isObject, isWhole } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';

/** Epoch numbers above this are milliseconds, the others seconds: as seconds it is the year 5138. */
const leastMs = 100_000_000_000;

/** The last moment that a date can have (ECMA-262, 21.4.1.1). */
const lastMs = 8_640_000_000_000_000;

const decimal = /^-?\d{1,15}(?:\.\d+)?$/;
const zone = /(?:z|[+-]\d\d:?\d\d)$/i;
const isoDate = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?/i;

/** Text that is not empty. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number; text that is a decimal number is one as well. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A whole number from 0: a seat, a count, chips; also as text, as JSON's keys are. */
export function wholeOf(value: unknown): number | null {
  const number = numberOf(value);
  return isWhole(number) ? number : null;
}

export function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** Seconds as milliseconds; more than can be counted exactly is no duration. */
export function msOf(seconds: unknown): number | null {
  const number = numberOf(seconds);
  const ms = Math.round((number ?? Number.NaN) * 1_000);
  return Number.isSafeInteger(ms) ? ms : null;
}

/**
 * A moment in epoch milliseconds: an ISO 8601 text, which is UTC if it names no zone, or epoch seconds or milliseconds.
 */
export function instantOf(value: unknown): number | null {
  if (typeof value === 'number' && value > 0 && value <= lastMs)
    return value < leastMs ? Math.round(value * 1_000) : Math.round(value);
  const text = textOf(value)?.trim() ?? '';
  if (!isoDate.test(text)) return null;
  const hasTime = text.length > 'yyyy-mm-dd'.length;
  const epoch = Date.parse(hasTime && !zone.test(text) ? `${text}Z` : text);
  return Number.isNaN(epoch) ? null : epoch;
}

/** The objects of a list, and how many entries are none. Null: not a list. */
export function rowsOf(value: unknown): { rows: JsonObject[]; skipped: number } | null {
  if (!Array.isArray(value)) return null;
  const rows = value.filter(isObject);
  return { rows, skipped: value.length - rows.length };
}

/** The texts of a list; other entries are left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
