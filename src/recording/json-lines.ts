/**
 * Reads JSON Lines: bytes are split at line feeds, and each line is decoded for itself. `readline` would also split at
 * U+2028, which JSON text may hold as it is.
 */
import { createReadStream } from 'node:fs';

const defaults = {
  chunkBytes: 256 * 1024,
  /** The longest line that is read; a frame is far below. */
  maxLineBytes: 64 * 1024 * 1024,
  /** So many numbers of damaged lines are kept; all are counted. */
  maxDamagedLines: 1_000,
} as const;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What was found in a file. */
export interface LineCounts {
  /** Lines that were read. */
  read: number;
  /** Lines that a process which was killed has left without their end. */
  torn: number;
  /** Lines with an end that are no JSON, or not what is expected. */
  damaged: number;
  /** The numbers of the first thousand of them, counted from 1. */
  damagedLines: number[];
}

export interface JsonLinesOptions<T> {
  /** Whether this value may stand in the file. */
  isKnown: (value: unknown) => value is T;
  /**
   * Whether a process that goes on with a file begins with this value. Where it found a line without an end it ended that
   * line first, so what is broken right before is torn, not damaged. Default: no value is.
   */
  isRestart?: (value: T) => boolean;
}

/**
 * The values of a file, one after the other, in limited memory.
 *
 * @param counts filled meanwhile.
 * @throws the system's error when the file cannot be read.
 */
export async function* jsonLines<T>(
  path: string,
  { isKnown, isRestart }: JsonLinesOptions<T>,
  counts: LineCounts,
): AsyncGenerator<T, void, undefined> {
  let line = 0;
  /** The line before is broken, and what comes next says whether it is torn. */
  let broken: number | null = null;

  const settleBroken = (isTorn: boolean): void => {
    if (broken === null) return;
    if (isTorn) counts.torn += 1;
    else {
      counts.damaged += 1;
      if (counts.damagedLines.length < defaults.maxDamagedLines) counts.damagedLines.push(broken);
    }
    broken = null;
  };

  for await (const { bytes, isEnded } of linesOf(path)) {
    line += 1;
    if (bytes !== null && bytes.length === 0) continue;
    const value = valueOf(bytes);
    if (value !== undefined && isKnown(value)) {
      settleBroken(isRestart?.(value) === true);
      counts.read += 1;
      yield value;
      continue;
    }
    settleBroken(false);
    broken = line;
    if (!isEnded && value === undefined) settleBroken(true);
  }
  settleBroken(false);
}

export const noLines = (): LineCounts => ({ read: 0, torn: 0, damaged: 0, damagedLines: [] });

interface Line {
  /** Null: it is too long to be read. */
  bytes: Buffer | null;
  /** There is a line feed behind it. */
  isEnded: boolean;
}

async function* linesOf(path: string): AsyncGenerator<Line, void, undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  const take = (isEnded: boolean): Line => {
    const bytes = length > defaults.maxLineBytes ? null : withoutReturn(Buffer.concat(parts));
    parts = [];
    length = 0;
    return { bytes, isEnded };
  };
  const hold = (part: Buffer): void => {
    length += part.length;
    if (length <= defaults.maxLineBytes) parts.push(part);
    else parts = [];
  };
  for await (const chunk of createReadStream(path, { highWaterMark: defaults.chunkBytes })) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      if (length === 0) yield { bytes: withoutReturn(bytes.subarray(from, end)), isEnded: true };
      else {
        hold(bytes.subarray(from, end));
        yield take(true);
      }
      from = end + 1;
    }
    if (from < bytes.length) hold(bytes.subarray(from));
  }
  if (length > 0) yield take(false);
}

const withoutReturn = (line: Buffer): Buffer =>
  line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;

function valueOf(bytes: Buffer | null): unknown {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
