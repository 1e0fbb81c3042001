/**
 * The file of a store. Changes are appended in groups, in the background; a file that has grown far beyond what it holds is
 * written anew beside the old one, which stays as `.previous`.
 */
import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  write,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { StoreMap } from '../bot/store-map.js';
import { makeFolder } from '../files/make-folder.js';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { draftMark, writeWhole } from '../files/write-whole.js';
import { OptionError } from '../protocol/errors.js';
import type { Clock } from '../time/clock.js';
import { type ReadStore, readStoreText, storeHeader, storeLine } from './store-lines.js';

const defaults = {
  /** A process that is killed loses the changes of this time. */
  groupMs: 250,
  /** After a write that failed. */
  retryMs: 1_000,
  /** The file is written anew when it is longer than this, and than twice what it holds. */
  roomLength: 1024 * 1024,
  /** So much is put into words at once. */
  pieceLength: 64 * 1024,
  mode: 0o600,
} as const;

export interface StoreFileOptions {
  path: string;
  /** What it holds, which is filled when the file is opened. */
  map: StoreMap;
  clock: Clock;
  /** Called with a sentence about what is wrong with the file. */
  onTrouble: (message: string) => void;
}

export interface StoreFile {
  /**
   * Locks and reads it, and makes it where there is none.
   *
   * @throws {OptionError} when another agent has it, or it cannot be used.
   */
  open(): Promise<void>;
  /** The key has changed. */
  note(key: string): void;
  /** Writes what is left, and lets others have the file. */
  close(): Promise<void>;
}

/** Nothing is read or written before it is opened. */
export function createStoreFile({ path: given, map, clock, onTrouble }: StoreFileOptions): StoreFile {
  const path = realPathOf(given);
  const previous = `${path}.previous`;
  let lock: PathLock | null = null;
  let fd: number | null = null;
  let length = 0;
  const changed = new Set<string>();
  let timer: unknown;
  let writing: Promise<void> | null = null;
  /** What was appended last may be there in part. */
  let isBroken = false;
  let hasFailed = false;

  // A process that ends by itself loses nothing.
  const atExit = (): void => {
    try {
      writeNow();
    } catch {
      // Nobody is left to tell it to.
    }
  };

  function schedule(ms: number): void {
    if (timer !== undefined || fd === null) return;
    timer = clock.setTimeout(() => {
      timer = undefined;
      void flush();
    }, ms);
    (timer as { unref?: () => void }).unref?.();
  }

  function flush(): Promise<void> {
    writing ??= writeGroup().finally(() => {
      writing = null;
      if (changed.size > 0) schedule(hasFailed ? defaults.retryMs : defaults.groupMs);
    });
    return writing;
  }

  /** Of the keys that have changed, as they are now: a key that changes often is written once. */
  function takeLines(): { keys: string[]; text: string } {
    const keys = [...changed];
    changed.clear();
    return { keys, text: keys.map((key) => storeLine(key, map.text(key) ?? null)).join('') };
  }

  async function writeGroup(): Promise<void> {
    if (fd === null || changed.size === 0) return;
    if (isBroken || length > defaults.roomLength + 2 * map.length) {
      try {
        await rewriteBeside();
        recovered();
      } catch (error) {
        failed(codeOf(error));
      }
      return;
    }
    const { keys, text } = takeLines();
    const bytes = Buffer.from(text);
    const written = await append(fd, bytes);
    length += bytes.length;
    if (written === bytes.length) return recovered();
    for (const key of keys) changed.add(key);
    isBroken = true;
    failed(written < 0 ? 'unknown' : 'ENOSPC');
  }

  function tryTo(work: () => void): void {
    try {
      work();
      recovered();
    } catch (error) {
      failed(codeOf(error));
    }
  }

  function recovered(): void {
    if (hasFailed) onTrouble(`The store ${path} is written again, with everything that waited.`);
    hasFailed = false;
    isBroken = false;
  }

  function failed(code: string): void {
    if (!hasFailed)
      onTrouble(
        `The store ${path} cannot be written (${code}). What the bot keeps stays in memory, and is tried again each second.`,
      );
    hasFailed = true;
  }

  /** Everything in a new file; the one before it stays beside it. */
  function rewrite(): void {
    const lines = [...map.entries()].map(([key, text]) => storeLine(key, text));
    const text = storeHeader + lines.join('');
    if (existsSync(path)) keepPrevious();
    writeWhole(path, text, { isDurable: true });
    if (fd !== null) closeSync(fd);
    fd = openSync(path, 'a', defaults.mode);
    length = Buffer.byteLength(text);
    changed.clear();
  }

  /** The same while turns are played: a piece at a time. */
  async function rewriteBeside(): Promise<void> {
    // Whoever ends the process meanwhile writes all of it.
    isBroken = true;
    changed.clear();
    const draft = `${path}${draftMark}${process.pid}`;
    const file = await open(draft, 'w', defaults.mode);
    let bytes = 0;
    try {
      // They may change meanwhile.
      const keys = Array.from(map.entries(), ([key]) => key);
      let piece = storeHeader;
      const put = async () => {
        const written = Buffer.from(piece);
        await file.writeFile(written);
        bytes += written.length;
        piece = '';
      };
      for (const key of keys) {
        const text = map.text(key);
        if (text !== undefined) piece += storeLine(key, text);
        if (piece.length > defaults.pieceLength) await put();
      }
      await put();
      await file.sync();
    } finally {
      await file.close();
    }
    keepPrevious();
    renameSync(draft, path);
    if (fd !== null) closeSync(fd);
    fd = openSync(path, 'a', defaults.mode);
    length = bytes;
  }

  function keepPrevious(): void {
    try {
      rmSync(previous, { force: true });
      linkSync(path, previous);
    } catch {
      // A file system without links: the new file replaces the old one in one step all the same.
    }
  }

  function writeNow(): void {
    if (fd === null || changed.size === 0) return;
    if (isBroken) return rewrite();
    const { text } = takeLines();
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from);
    length += bytes.length;
  }

  function readAll(): void {
    const read = readFirst([path, previous]);
    if (read !== null) for (const [key, text] of read.map.entries()) map.put(key, text);
    const isWhole = read !== null && !read.isTorn && read.damaged.length === 0 && read.from === path;
    if (isWhole) {
      fd = openSync(path, 'a', defaults.mode);
      length = Buffer.byteLength(readFileSync(path));
      return;
    }
    rewrite();
  }

  function readFirst(paths: readonly string[]): (ReadStore & { from: string }) | null {
    for (const from of paths) {
      if (!existsSync(from)) continue;
      const read = readStoreText(readFileSync(from, 'utf8'));
      if (read !== null) {
        if (from !== path) onTrouble(`The store is read from ${from}, which was kept beside it.`);
        if (read.isTorn) onTrouble(`The last change of the store ${from} was cut off, and is lost.`);
        if (read.damaged.length > 0)
          onTrouble(
            `Lines of the store ${from} cannot be read, and are left out: ${read.damaged.slice(0, 20).join(', ')}.`,
          );
        return { ...read, from };
      }
      const aside = `${from}.damaged-${Date.now()}`;
      renameSync(from, aside);
      onTrouble(`The store ${from} is damaged; it is now ${aside}.`);
    }
    return null;
  }

  return {
    async open() {
      if (lock !== null) return;
      try {
        makeFolder(dirname(path));
        lock = await lockPath(path);
      } catch (error) {
        throw unusable(path, error);
      }
      if (lock === null) {
        throw new OptionError(
          'store',
          `The store ${path} is in use by another agent: what one of them keeps would be lost to the other. Give each its own.`,
        );
      }
      try {
        readAll();
      } catch (error) {
        await lock.release();
        lock = null;
        throw unusable(path, error);
      }
      process.on('exit', atExit);
    },
    note(key) {
      changed.add(key);
      schedule(defaults.groupMs);
    },
    async close() {
      if (timer !== undefined) clock.clearTimeout(timer);
      timer = undefined;
      await writing;
      if (fd !== null) {
        tryTo(writeNow);
        closeSync(fd);
        fd = null;
      }
      if (timer !== undefined) clock.clearTimeout(timer);
      process.off('exit', atExit);
      await lock?.release();
      lock = null;
    },
  };
}

function append(fd: number, bytes: Uint8Array): Promise<number> {
  return new Promise((done) => {
    write(fd, bytes, 0, bytes.length, null, (error, written) => done(error === null ? written : -1));
  });
}

/** The same file by every way to it. */
function realPathOf(given: string): string {
  const path = resolve(given);
  try {
    return realpathSync(path);
  } catch {
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      // Its folder is made when it is opened.
      return path;
    }
  }
}

function unusable(path: string, error: unknown): OptionError {
  return new OptionError(
    'store',
    `The store ${path} cannot be used (${codeOf(error)}). Choose another file.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
