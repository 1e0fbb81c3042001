/**
 * Reads JSON Lines: bytes are split at line feeds, and each line is decoded for itself. `readline` would also split at
 * U+2028, which JSON text may hold as it is.
 */
import { open } from 'node:fs/promises';
import { withoutMark } from './byte-order-mark.js';

const defaults = {
  /** Whoever looks at the first line alone does not read much. */
  firstBytes: 16 * 1024,
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
  options: JsonLinesOptions<T>,
  counts: LineCounts,
): AsyncGenerator<T, void, undefined> {
  for await (const values of jsonBatches(path, options, counts)) yield* values;
}

/**
 * The same, some thousand values at a time: an `await` for each line would take longer than to read it.
 *
 * @throws the system's error when the file cannot be read.
 */
export async function* jsonBatches<T>(
  path: string,
  { isKnown, isRestart }: JsonLinesOptions<T>,
  counts: LineCounts,
): AsyncGenerator<T[], void, undefined> {
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

  /** @param bytes null: they are too many. */
  const take = (values: T[], bytes: Buffer | null, isEnded: boolean): void => {
    line += 1;
    if (bytes !== null && line === 1) bytes = withoutMark(bytes);
    if (bytes !== null && bytes.length === 0) return;
    const value = valueOf(bytes);
    if (value !== undefined && isKnown(value)) {
      settleBroken(isRestart?.(value) === true);
      counts.read += 1;
      values.push(value);
      return;
    }
    settleBroken(false);
    broken = line;
    if (!isEnded && value === undefined) settleBroken(true);
  };

  const file = await open(path);
  try {
    const chunk = Buffer.allocUnsafe(defaults.chunkBytes);
    /** The beginning of a line whose end is in a later chunk. */
    let parts: Buffer[] = [];
    let length = 0;
    let most: number = defaults.firstBytes;
    const hold = (part: Buffer): void => {
      length += part.length;
      // The chunk is filled anew.
      if (length <= defaults.maxLineBytes) parts.push(Buffer.from(part));
      else parts = [];
    };
    const held = (): Buffer | null => {
      const bytes = length > defaults.maxLineBytes ? null : withoutReturn(Buffer.concat(parts));
      parts = [];
      length = 0;
      return bytes;
    };
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, most, null);
      if (bytesRead === 0) break;
      most = chunk.length;
      const bytes = chunk.subarray(0, bytesRead);
      const values: T[] = [];
      let from = 0;
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
        if (length === 0) take(values, withoutReturn(bytes.subarray(from, end)), true);
        else {
          hold(bytes.subarray(from, end));
          take(values, held(), true);
        }
        from = end + 1;
      }
      if (from < bytes.length) hold(bytes.subarray(from));
      if (values.length > 0) yield values;
    }
    const last: T[] = [];
    if (length > 0) take(last, held(), false);
    settleBroken(false);
    if (last.length > 0) yield last;
  } finally {
    await file.close();
  }
}

export const noLines = (): LineCounts => ({ read: 0, torn: 0, damaged: 0, damagedLines: [] });

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
