/** Reads from a path which leg a connection is, and whose. */
import { readPath } from '../protocol/endpoint-paths.js';
import { printable } from '../protocol/redact.js';
import type { Victim } from './faults.js';

const defaults = { maxShownLength: 200 } as const;

/** The leg of a connection. `other`: a WebSocket that is neither of the two. */
export type ConnectionLeg = 'lobby' | 'match' | 'other';

export function legOf(path: string): ConnectionLeg {
  const endpoint = readPath(path)?.endpoint;
  if (endpoint === undefined) return 'other';
  return endpoint === 'lobby' ? 'lobby' : 'match';
}

/** The bot or seat that a path names; null when it names none. */
export function victimOf(path: string): Victim | null {
  const read = readPath(path);
  if (read === null || read.segments.includes('')) return null;
  try {
    const [first = '', second, ...rest] = read.segments.map(decodeURIComponent);
    if (read.endpoint === 'lobby') return second === undefined ? { leg: 'lobby', botId: first } : null;
    if (second === undefined || rest.length > 0) return null;
    return { leg: 'match', matchId: first, participantId: second };
  } catch {
    return null;
  }
}

/** The path for people: short, printable, and without anything that looks like a token. */
export function shownPath(path: string): string {
  // Also masks tokens that invisible characters hide.
  return printable(path, defaults.maxShownLength);
}
