/** The calls by which records reach the disk; tests let them fail. */
import { closeSync, fstatSync, openSync, readSync, type Stats, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { codeOf } from '../io/output/outlet.js';

export interface RecordDisk {
  /** Appends; calls back with how many bytes were written, which may be fewer. */
  write(fd: number, bytes: Uint8Array, done: (error: Error | null, written: number) => void): void;
  /** @throws the system's error. */
  writeNow(fd: number, bytes: Uint8Array): number;
}

export const recordDisk: RecordDisk = {
  write: (fd, bytes, done) => write(fd, bytes, 0, bytes.length, null, done),
  writeNow: (fd, bytes) => writeSync(fd, bytes),
};

const lineFeed = 0x0a;
/** For the user alone: cards and opponents are the bot's business. */
const fileMode = 0o600;

export interface AppendedFile {
  fd: number;
  stats: Stats;
  /** What has to be written first: a line feed behind a line that a killed process left without its end. */
  lead: string;
}

/**
 * Opens a file to append whole lines to. Its folder is made where somebody has removed it.
 *
 * @param isNew refuse one that is there.
 * @throws the system's error.
 */
export function openToAppend(path: string, isNew = false): AppendedFile {
  // Reading is for the last character alone.
  const fd = openThere(path, isNew ? 'ax+' : 'a+');
  try {
    const stats = fstatSync(fd);
    const last = Buffer.alloc(1);
    if (stats.size > 0) readSync(fd, last, 0, 1, stats.size - 1);
    return { fd, stats, lead: stats.size > 0 && last[0] !== lineFeed ? '\n' : '' };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openThere(path: string, flags: string): number {
  try {
    return openSync(path, flags, fileMode);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return openSync(path, flags, fileMode);
  }
}
