/** What two sessions of a bot say to each other: a line of JSON each. The token is never among it. */
import type { Socket } from 'node:net';
import { isObject, isText } from '../protocol/checks.js';

/** Of these lines. Sessions with another number do not hand over to each other. */
export const handoverVersion = 1;

const defaults = {
  /** UTF-16 units of a line: room for the ids of a thousand matches. */
  maxLine: 256 * 1024,
} as const;

/**
 * How the one that was asked stands. `serving`: it has the lobby, or is on the way there. `trusting`: it has given the lobby
 * away, and takes it back if that goes wrong. `finishing`: it plays what is left, and ends.
 */
export type HandoverPhase = 'serving' | 'trusting' | 'finishing';

/**
 * What became of a match of the other session. `played`: it was played to its end. `lost`: it cannot be played any more. `open`:
 * nobody plays it, and the platform may hold the seat.
 */
export type FreedHow = 'played' | 'lost' | 'open';

/** Who speaks. Both sides begin with this. */
export interface Greeting {
  type: 'hello';
  v: number;
  key: string;
  proof: string;
  pid: number;
}

/** What the starting session says. */
export type SuccessorLine =
  | Greeting
  /** Leave the lobby, it is mine now. */
  | { type: 'take' }
  /** Only say what becomes of your matches. */
  | { type: 'follow' }
  /** It ends as it was told to, or because the same bot has connected elsewhere. */
  | { type: 'bye'; isEvicted: boolean };

/** What the running session says. */
export type HolderLine =
  | (Greeting & { phase: HandoverPhase })
  | { type: 'refused'; message: string }
  /** The answer to `take` and `follow`: out of the lobby, and playing these. */
  | { type: 'plays'; matchIds: string[] }
  | { type: 'freed'; matchId: string; how: FreedHow };

/** Reads the lines of a socket; what is no line of the other side ends the connection. */
export function readLines<Line>(
  socket: Socket,
  read: (value: unknown) => Line | null,
  onLine: (line: Line) => void,
): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      if (socket.destroyed) return;
      const line = read(parsed(each));
      if (line === null) return void socket.destroy();
      onLine(line);
    }
    if (rest.length > defaults.maxLine) socket.destroy();
  });
}

export function sayLine(socket: Socket, line: SuccessorLine | HolderLine): void {
  if (!socket.destroyed && socket.writable) socket.write(`${JSON.stringify(line)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const phases: readonly unknown[] = ['serving', 'trusting', 'finishing'] satisfies HandoverPhase[];
const freedHows: readonly unknown[] = ['played', 'lost', 'open'] satisfies FreedHow[];

function isGreeting(value: Record<string, unknown>): boolean {
  const { type, v, key, proof, pid } = value;
  return type === 'hello' && typeof v === 'number' && isText(key) && isText(proof) && Number.isInteger(pid);
}

export function readSuccessorLine(value: unknown): SuccessorLine | null {
  if (!isObject(value)) return null;
  const { type } = value;
  const isKnown =
    type === 'take' ||
    type === 'follow' ||
    (type === 'bye' && typeof value.isEvicted === 'boolean') ||
    isGreeting(value);
  return isKnown ? (value as unknown as SuccessorLine) : null;
}

export function readHolderLine(value: unknown): HolderLine | null {
  if (!isObject(value)) return null;
  const { type } = value;
  const isKnown =
    (isGreeting(value) && phases.includes(value.phase)) ||
    (type === 'refused' && isText(value.message)) ||
    (type === 'plays' && Array.isArray(value.matchIds) && value.matchIds.every(isText)) ||
    (type === 'freed' && isText(value.matchId) && freedHows.includes(value.how));
  return isKnown ? (value as unknown as HolderLine) : null;
}
