/** The file behind a journal: lines are appended whole or not at all, and the whole file is replaced at once. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';

/** The calls that fail when a disk is full or broken; tests let them fail. */
export interface Disk {
  write(fd: number, bytes: Uint8Array, offset: number): number;
  truncate(fd: number, size: number): void;
  sync(fd: number): void;
}

export const realDisk: Disk = {
  write: (fd, bytes, offset) => writeSync(fd, bytes, offset),
  truncate: ftruncateSync,
  sync: fsyncSync,
};

export interface JournalFile {
  /** Of the whole lines, in bytes. */
  readonly size: number;
  /**
   * Appends lines. When that fails, the file is cut back to the lines before them.
   *
   * @throws {StateWriteError} when nothing was written.
   */
  append(lines: string): void;
  /**
   * Puts these lines in the place of the whole file. If the machine fails here, either the old or the new file is there,
   * never half of one.
   *
   * @throws {StateWriteError} when the old file is there still, and goes on being appended to.
   * @throws {OptionError} when something else than a file is where the new one is written.
   */
  replace(lines: string): void;
  close(): void;
}

/** Opens nothing before the first `replace`. */
export function createJournalFile(path: string, disk: Disk = realDisk): JournalFile {
  let fd = -1;
  let size = 0;
  /** There may be half a line behind the whole ones. */
  let isTorn = false;

  function cutBack(): void {
    disk.truncate(fd, size);
    isTorn = false;
  }

  return {
    get size() {
      return size;
    },
    append(lines) {
      const bytes = Buffer.from(lines);
      try {
        if (isTorn) cutBack();
        isTorn = true;
        writeAll(fd, bytes, disk);
        isTorn = false;
      } catch (error) {
        try {
          cutBack();
        } catch {
          // Cut before the next line is written. Until then it is a last line without an end, which readers drop.
        }
        throw unwritable(path, error);
      }
      size += bytes.length;
    },
    replace(lines) {
      const draft = `${path}.new`;
      refuseAnotherKind(draft);
      let next = -1;
      try {
        rmSync(draft, { force: true });
        // Exclusive: a link that somebody puts here must not lead the tokens elsewhere.
        next = openSync(draft, 'ax', 0o600);
        writeAll(next, Buffer.from(lines), disk);
        // Else a power cut could leave the new name with none of its contents.
        disk.sync(next);
        renameSync(draft, path);
      } catch (error) {
        if (next !== -1) {
          closeSync(next);
          rmSync(draft, { force: true });
        }
        throw unwritable(path, error);
      }
      if (fd !== -1) closeSync(fd);
      fd = next;
      size = fstatSync(fd).size;
      isTorn = false;
      syncFolder(dirname(path));
    },
    close() {
      if (fd !== -1) closeSync(fd);
      fd = -1;
    },
  };
}

/** A write may take less than all of it, and fails only when it can take nothing more. */
function writeAll(fd: number, bytes: Uint8Array, disk: Disk): void {
  for (let written = 0; written < bytes.length; ) written += disk.write(fd, bytes, written);
}

/** The new name is on the disk, too. Not every system lets a folder be opened, and the file is there without it. */
function syncFolder(path: string): void {
  try {
    const fd = openSync(path, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Then the name is written when the system does so.
  }
}

/** @throws {OptionError} */
function refuseAnotherKind(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const kind = stats === undefined ? null : stats.isSymbolicLink() ? 'a link' : oddKindOf(stats);
  if (kind === null) return;
  throw new OptionError('state', `The state file is written as ${path} first, which is ${kind}. Remove it.`);
}

function unwritable(path: string, error: unknown): StateWriteError {
  return new StateWriteError(
    `${failureOf(path, error)}: this was not done. Make room for it, then try again.`,
    { cause: error },
  );
}

/** What has failed, without an end of the sentence. */
export function failureOf(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `The state file ${path} cannot be written (${code})`;
}
