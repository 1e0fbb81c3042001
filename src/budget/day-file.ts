/** The day book as a file. Whatever is wrong with it is told, and never thrown: a power cut may leave it empty or of zeros. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { keptFolder } from '../files/home-folder.js';
import { readRegular } from '../files/read-regular.js';
import { writeWhole } from '../files/write-whole.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { type DayBook, dayBookSchema } from './day-book.js';

const defaults = { maxBytes: 1024 * 1024, nameLength: 16 } as const;

/** `~/.chipzen/day-....json`: one for each bot and lobby. */
export function dayPathOf(lobbyUrl: string, env: EnvironmentVariables): string {
  const name = createHash('sha256').update(lobbyUrl).digest('hex').slice(0, defaults.nameLength);
  return join(keptFolder(env), `day-${name}.json`);
}

export type ReadDay =
  | { readonly book: DayBook }
  | {
      readonly book: null;
      /** `foreign`: there is something else in it, which must not be written over. */
      readonly why: 'absent' | 'damaged' | 'foreign';
      readonly message: string;
    };

const readings = { absent: 'absent', odd: 'foreign', large: 'foreign', unreadable: 'damaged' } as const;

export function readDayFile(path: string): ReadDay {
  const read = readRegular(path, defaults.maxBytes);
  if (read.text === null) return unread(readings[read.why], read.message);
  const { text } = read;
  if (/^\0*$/.test(text)) return unread('damaged', `${path} is empty.`);
  if (!/^\s*\{\s*"schema"/.test(text)) return unread('foreign', `${path} is not a day book.`);
  const value = parsed(text);
  return isDayBook(value) ? { book: value } : unread('damaged', `${path} is no day book of this version.`);
}

/** @throws the system's error; the file is then what it was. */
export function writeDayFile(path: string, book: DayBook): void {
  writeWhole(path, `${JSON.stringify(book, null, 1)}\n`, { isDurable: true });
}

const unread = (why: 'absent' | 'damaged' | 'foreign', message: string): ReadDay => ({
  book: null,
  why,
  message,
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isWholeOrNull = (value: unknown): boolean => value === null || isWhole(value);
const isMs = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isName = (value: unknown): boolean => typeof value === 'string';
const isNameOrNull = (value: unknown): boolean => value === null || isName(value);

const isClaim = ({ claimId, kind, opponent, at, voidAt }: JsonObject): boolean =>
  isName(claimId) && isName(kind) && isNameOrNull(opponent) && isWhole(at) && isWhole(voidAt);

const isMatch = ({ matchId, kind, claim, at }: JsonObject): boolean =>
  isName(matchId) && isName(kind) && isWhole(at) && (claim === null || (isObject(claim) && isClaim(claim)));

const isDecline = ({ challengeId, by, opponent, why, at }: JsonObject): boolean =>
  isName(challengeId) && isName(by) && isNameOrNull(opponent) && isNameOrNull(why) && isWhole(at);

function isDayBook(value: unknown): value is DayBook {
  if (!isObject(value) || value['schema'] !== dayBookSchema) return false;
  const { day, lobbyMs, matches, claims, dials, declines, refusedUntil } = value;
  return (
    typeof day === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(day) &&
    isMs(lobbyMs) &&
    isListOf(matches, isMatch) &&
    isListOf(claims, isClaim) &&
    isListOf(declines, isDecline) &&
    isObject(dials) &&
    isWhole(dials['count']) &&
    isWhole(dials['unproven']) &&
    isWholeOrNull(dials['lastAt']) &&
    isObject(refusedUntil) &&
    isWholeOrNull(refusedUntil['matches']) &&
    isWholeOrNull(refusedUntil['lobbyHours'])
  );
}

function isListOf(value: unknown, fits: (row: JsonObject) => boolean): boolean {
  return Array.isArray(value) && value.every((row) => isObject(row) && fits(row));
}
