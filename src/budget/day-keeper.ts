/**
 * Keeps the day book of a bot. Several programs of one bot may have it open: two sessions while one hands over to the
 * other, and a command beside a session. Each change is made to what the file has, under a lock that is held for that change only,
 * so that there is one writer at a time and nothing is counted twice or lost.
 */
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from '../files/make-folder.js';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { OptionError } from '../protocol/errors.js';
import { type DayBook, dayBookAt, newDayBook } from './day-book.js';
import { readDayFile, writeDayFile } from './day-file.js';

const defaults = {
  lockTries: 100,
  lockPauseMs: 20,
  /** Of the folder, when it is made. */
  mode: 0o700,
} as const;

export interface DayKeeperOptions {
  /** The file. */
  path: string;
  /**
   * It is the bot's usual one, which holds nothing else: whatever is wrong with it is told, and costs no session. One that
   * a user has named is refused then, and is not written over. Default: no.
   */
  isUsual?: boolean;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
  /** Called with a sentence when the file cannot be read or written, once until it can be again. */
  onTrouble: (message: string) => void;
  /** Called when the book has changed, here or in the file. */
  onChange?: (book: DayBook, before: DayBook) => void;
  /** What is known of today from elsewhere, for a file that is damaged; null: nothing. */
  rebuild?: () => DayBook | null;
}

type Change = (book: DayBook, wallNow: number) => DayBook;

export interface DayKeeper {
  /** As it is now, and was last read. */
  book(): DayBook;
  /**
   * Changes the book; resolves when the file has the change, or could not be written: then it is made again with the next
   * one. Changes are made in the order of the calls.
   */
  change(change: Change): Promise<DayBook>;
  /** Reads what others have written. */
  refresh(): Promise<DayBook>;
  /** Resolves when all changes were made. */
  close(): Promise<void>;
}

/** @throws {OptionError} when there can be no such file, and when there is one with something else in it; not of the usual one. */
export function openDayKeeper(options: DayKeeperOptions): DayKeeper {
  const { wallNow, onTrouble, onChange, rebuild, isUsual = false } = options;
  let path = options.path;
  /** Its folder is there. */
  let isPlaced = false;
  /** Those that the file does not have. */
  let waiting: Change[] = [];
  /** How many of those `known` has. */
  let isKnown = 0;
  let isTold = false;
  if (!isUsual) place();
  let known = readBook(null);
  let last: Promise<DayBook> = Promise.resolve(known);

  /** @param instead what is known of a file that is damaged or removed while it is used. */
  function readBook(instead: DayBook | null): DayBook {
    const now = wallNow();
    const read = readDayFile(path);
    if (read.book !== null) return dayBookAt(read.book, now);
    if (read.why === 'absent') return instead ?? newDayBook(now);
    if (read.why === 'foreign' && !isUsual) {
      throw new OptionError(
        'dayBook',
        `${read.message} It would be written over: name another file for the day book, or remove this one.`,
      );
    }
    if (instead !== null) return instead;
    const rebuilt = rebuild?.() ?? null;
    const counted = rebuilt === null ? 0 : rebuilt.matches.length;
    tell(
      rebuilt === null
        ? `${read.message} What was used of today is not known: it is counted from 0, and the platform may refuse sooner.`
        : `${read.message} What was used of today was taken from the recordings: ${counted} matches.`,
    );
    return rebuilt ?? newDayBook(now);
  }

  function tell(message: string): void {
    if (isTold) return;
    isTold = true;
    onTrouble(message);
  }

  function learn(book: DayBook): DayBook {
    const before = known;
    known = book;
    if (onChange && JSON.stringify(before) !== JSON.stringify(book)) onChange(book, before);
    return book;
  }

  /** @throws {OptionError} when the folder cannot be made. */
  function place(): void {
    if (isPlaced) return;
    path = placeOf(path);
    isPlaced = true;
  }

  async function locked(): Promise<PathLock | null> {
    for (let left = defaults.lockTries; left > 0; left -= 1) {
      const lock = await lockPath(path);
      if (lock !== null) return lock;
      await pause(defaults.lockPauseMs);
    }
    throw Object.assign(new Error('Another program holds the lock.'), { code: 'ELOCKED' });
  }

  async function write(): Promise<DayBook> {
    let lock: PathLock | null = null;
    try {
      place();
      lock = await locked();
      const before = readBook(known);
      const now = wallNow();
      // What stands in for a file that is gone has some of them.
      const missing = before === known ? waiting.slice(isKnown) : waiting;
      const after = missing.reduce((book, change) => change(book, now), dayBookAt(before, now));
      if (waiting.length > 0) writeDayFile(path, after);
      waiting = [];
      isKnown = 0;
      isTold = false;
      return learn(after);
    } catch (error) {
      const cause = error instanceof OptionError ? (error.cause ?? error) : error;
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
      tell(
        `The day book ${path} cannot be written (${code}): it is tried again with each change, and this session counts on.`,
      );
      const after = waiting.slice(isKnown).reduce((book, change) => change(book, wallNow()), known);
      isKnown = waiting.length;
      return learn(after);
    } finally {
      await lock?.release();
    }
  }

  const enqueue = (): Promise<DayBook> => {
    last = last.then(write);
    return last;
  };

  return {
    book: () => dayBookAt(known, wallNow()),
    change(change) {
      waiting.push(change);
      return enqueue();
    },
    refresh: enqueue,
    close: () => last.then(() => undefined),
  };
}

/** @throws {OptionError} when the folder cannot be made. */
function placeOf(path: string): string {
  try {
    makeFolder(dirname(path), defaults.mode);
    return join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(
      'dayBook',
      `${path} cannot be the file of the day book (${code}): name another one.`,
      { cause: error },
    );
  }
}
