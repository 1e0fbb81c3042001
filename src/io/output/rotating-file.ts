/** A file that is put aside and begun anew each day, and whenever it is large. */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import { OptionError } from '../../protocol/errors.js';
import type { Channel } from './channel.js';
import { codeOf } from './outlet.js';

const defaults = {
  /** For the user alone. A file that was there keeps its mode, and so do those that follow it. */
  mode: 0o600,
  /** How often it is looked whether somebody else has moved or removed the file. */
  lookMs: 1_000,
  /** After an attempt to put the file aside that failed. */
  rotateAgainMs: 60_000,
  dayMs: 86_400_000,
} as const;

export interface RotatingFileOptions {
  path: string;
  /** The file is put aside before it becomes larger; a single line may be. */
  maxBytes: number;
  /** So many files that were put aside are kept. */
  keep: number;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  /** Epoch milliseconds. A day is one of UTC. */
  wallNow: () => number;
  /** Called when the file cannot be put aside; it is written to all the same. */
  onStuck: (error: unknown) => void;
}

const lineFeed = 0x0a;

interface OpenFile {
  fd: number;
  stats: Stats;
  size: number;
  day: number;
  isAtLineStart: boolean;
}

/**
 * Each write is in the file when it returns, so that what ends the process loses no line. Files that were put aside
 * are named `FILE.2026-01-31.1`, by the day of their lines.
 *
 * @throws {OptionError} when the file cannot be opened now. Later a write throws the system's error, and the next one
 * opens the file again.
 */
export function openRotatingFile(options: RotatingFileOptions): Channel & { close(): void } {
  const { maxBytes, now, wallNow } = options;
  const path = placeOf(options.path);
  let current: OpenFile | null = openFirst(path, wallNow);
  let mode = current.stats.mode & 0o777;
  let lookedAt = now();
  let rotateFrom = Number.NEGATIVE_INFINITY;

  const close = (): void => {
    if (current !== null) closeSync(current.fd);
    current = null;
  };

  /** The file is still at its path: another program may rotate it, or a user may delete it. */
  const isInPlace = ({ stats }: OpenFile): boolean => {
    if (now() - lookedAt < defaults.lookMs) return true;
    lookedAt = now();
    try {
      const { dev, ino } = statSync(path);
      return dev === stats.dev && ino === stats.ino;
    } catch {
      return false;
    }
  };

  const rotate = ({ day }: OpenFile): void => {
    rotateFrom = now() + defaults.rotateAgainMs;
    close();
    try {
      renameSync(path, archiveName(path, day));
      rotateFrom = Number.NEGATIVE_INFINITY;
      for (const oldest of archivesOf(path).slice(0, -options.keep)) rmSync(oldest, { force: true });
    } catch (error) {
      options.onStuck(error);
    }
  };

  const ready = (bytes: number): OpenFile => {
    // In the middle of a line the rest has to go where its beginning is.
    if (current?.isAtLineStart === true) {
      if (!isInPlace(current)) close();
      else if (isFull(current, bytes) && now() >= rotateFrom) rotate(current);
    }
    current ??= openLog(path, mode, wallNow);
    mode = current.stats.mode & 0o777;
    return current;
  };

  const isFull = ({ size, day }: OpenFile, bytes: number): boolean =>
    size > 0 && (size + bytes > maxBytes || day !== dayOf(wallNow()));

  return {
    kind: 'file',
    write(bytes) {
      const file = ready(bytes.length);
      const written = writeSync(file.fd, bytes);
      file.size += written;
      if (written > 0) file.isAtLineStart = bytes[written - 1] === lineFeed;
      return written;
    },
    close,
  };
}

const dayOf = (epochMs: number): number => Math.floor(epochMs / defaults.dayMs);

/** A link stays a link: the file that it leads to is put aside. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is a link to a folder that is not there, or no file can be made there',
};

/** @throws {OptionError} */
function openFirst(path: string, wallNow: () => number): OpenFile {
  try {
    const kind = oddKindOf(statSync(path));
    if (kind !== null) throw new OptionError('log-file', `${path} is ${kind}. Give the name of a file.`);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    // The file is not there yet.
  }
  try {
    return openLog(path, defaults.mode, wallNow);
  } catch (error) {
    const code = codeOf(error);
    const isFolderMissing = code === 'ENOENT' && !existsSync(dirname(path));
    const why = isFolderMissing ? `there is no folder ${dirname(path)}` : (reasons[code] ?? code);
    throw new OptionError('log-file', `The log file ${path} cannot be written to: ${why}.`, { cause: error });
  }
}

function openLog(path: string, mode: number, wallNow: () => number): OpenFile {
  // Reading is for the last character alone.
  const fd = openSync(path, 'a+', mode);
  const stats = fstatSync(fd);
  const { size, mtimeMs } = stats;
  const last = Buffer.alloc(1);
  if (size > 0) readSync(fd, last, 0, 1, size - 1);
  const day = dayOf(size > 0 ? mtimeMs : wallNow());
  const file = { fd, stats, size, day, isAtLineStart: true };
  // The last line of a process that was killed may have no end.
  if (size > 0 && last[0] !== lineFeed) file.size += writeSync(fd, '\n');
  return file;
}

// --- files that were put aside ---

function archiveName(path: string, day: number): string {
  const date = new Date(day * defaults.dayMs).toISOString().slice(0, 10);
  const prefix = `${path}.${date}.`;
  const numbers = archivesOf(path).flatMap((name) =>
    name.startsWith(prefix) ? Number(name.slice(prefix.length)) : [],
  );
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
}

/** The oldest first. */
function archivesOf(path: string): string[] {
  const base = basename(path);
  const found = readdirSync(dirname(path)).flatMap((name) => {
    const [, date, number] = /^\.(\d{4}-\d\d-\d\d)\.(\d+)$/.exec(name.slice(base.length)) ?? [];
    return name.startsWith(base) && date !== undefined ? [{ name, date, number: Number(number) }] : [];
  });
  const sorted = found.toSorted((a, b) => a.date.localeCompare(b.date) || a.number - b.number);
  return sorted.map(({ name }) => join(dirname(path), name));
}
