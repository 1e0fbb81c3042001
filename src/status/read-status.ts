/** Reads the status file of a session. Whatever is wrong with it is told, and never thrown: a monitor reads it at any moment. */
import { readFileSync, statSync } from 'node:fs';
import { oddKindOf } from '../files/file-kind.js';
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { lobbyPhases, type SessionStatus, statusSchema } from './session-status.js';

const defaults = { maxBytes: 4 * 1024 * 1024 } as const;

export type ReadStatus =
  | { readonly status: SessionStatus }
  | { readonly status: null; readonly why: 'absent' | 'unreadable'; readonly message: string };

export function readStatus(path: string): ReadStatus {
  let text: string;
  try {
    const stats = statSync(path);
    const odd = oddKindOf(stats);
    if (odd !== null) return unreadable(`${path} is ${odd}.`);
    if (stats.size > defaults.maxBytes) return unreadable(`${path} is too large for a status file.`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'ENOENT') return unreadable(`${path} cannot be read (${code}).`);
    return { status: null, why: 'absent', message: `There is no file ${path}.` };
  }
  if (/^\0*$/.test(text)) return unreadable(`${path} is empty.`);
  const value = parsed(text);
  return isStatus(value) ? { status: value } : unreadable(`${path} is no status file of this version.`);
}

const unreadable = (message: string): ReadStatus => ({ status: null, why: 'unreadable', message });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isNumberOrNull = (value: unknown): boolean => value === null || isNumber(value);
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isStatus(value: unknown): value is SessionStatus {
  if (!isObject(value) || value['schema'] !== statusSchema) return false;
  const { lobby, totals, latency, nextFixture } = value;
  return (
    ['pid', 'startedAt', 'writtenAt', 'everyMs'].every((name) => isNumber(value[name])) &&
    isNumberOrNull(value['lastTrafficAt']) &&
    typeof value['isEvicted'] === 'boolean' &&
    isObject(lobby) &&
    lobbyPhases.has(lobby['phase']) &&
    isNumber(lobby['since']) &&
    isNumberOrNull(lobby['retryAt']) &&
    isNumber(lobby['reconnects']) &&
    isTextOrNull(lobby['endReason']) &&
    isTextOrNull(lobby['endMessage']) &&
    isTextOrNull(lobby['awayWhy']) &&
    isObject(totals) &&
    Object.values(totals).every(isNumber) &&
    ['completed', 'abandoned', 'netChips', 'hands', 'turns', 'answeredFor'].every((name) => name in totals) &&
    isObject(latency) &&
    isNumber(latency['p95']) &&
    isNumber(latency['count']) &&
    isListOf(value['live'], (match) => isNumberOrNull(match['hand']) && isNumberOrNull(match['netChips'])) &&
    isListOf(
      value['results'],
      (result) => isNumberOrNull(result['netChips']) && typeof result['end'] === 'string',
    ) &&
    (nextFixture === null ||
      (isObject(nextFixture) &&
        isNumber(nextFixture['startsAt']) &&
        isTextOrNull(nextFixture['opponent']))) &&
    isPlan(value)
  );
}

const isNullOr = (value: unknown, fits: (value: JsonObject) => boolean): boolean =>
  value === null || (isObject(value) && fits(value));

/** What the bot has before it. */
function isPlan({ fixtures, queue, day, rating }: JsonObject): boolean {
  return (
    Array.isArray(fixtures) &&
    fixtures.every(
      (each) =>
        isObject(each) &&
        isNumber(each['startsAt']) &&
        isTextOrNull(each['opponent']) &&
        typeof each['standing'] === 'string',
    ) &&
    isNullOr(
      queue,
      ({ place, since, position, restWhy, restUntil, trouble }) =>
        typeof place === 'string' &&
        [since, position, restUntil].every(isNumberOrNull) &&
        [restWhy, trouble].every(isTextOrNull),
    ) &&
    isNullOr(
      day,
      ({ matches, claims, lobbyMs, lobbySince = null, reservedMs, matchesLimit, lobbyLimitMs }) =>
        [matches, claims, lobbyMs, reservedMs].every(isNumber) &&
        [lobbySince, matchesLimit, lobbyLimitMs].every(isNumberOrNull),
    ) &&
    isNullOr(rating, (told) => isNumber(told['rating']) && isNumberOrNull(told['deviation']))
  );
}

/** A list of matches. */
function isListOf(value: unknown, fits: (match: JsonObject) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (match) =>
        isObject(match) &&
        Array.isArray(match['opponents']) &&
        match['opponents'].every((name) => typeof name === 'string') &&
        fits(match),
    )
  );
}
