/** Writes files whole: whoever reads one has the old content or the new one, never a part. */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const defaults = {
  /** For the user alone. */
  mode: 0o600,
  /** On Windows a reader or a scanner keeps a file from being replaced for moments. */
  renameTries: 10,
  renameWaitMs: 30,
} as const;

const held: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY'];

/** What stands in the names of drafts, which a killed process leaves behind. */
export const draftMark = '.draft-';

export interface WholeOptions {
  /** It has to be there after a power cut as well, which takes some ms more. Default: no. */
  isDurable?: boolean;
  /** Of a new file. Default: for the user alone. */
  mode?: number;
  /** On Windows it waits for readers, which blocks the thread. Default: yes. */
  waits?: boolean;
}

/**
 * Replaces the file, or makes it.
 *
 * @throws the system's error; the file is then what it was.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  { isDurable = false, mode = defaults.mode, waits = true }: WholeOptions = {},
): void {
  const draft = `${path}${draftMark}${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    const fd = openSync(draft, 'wx', mode);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let from = 0; from < bytes.length; ) {
        const written = writeSync(fd, bytes, from);
        if (written === 0) throw Object.assign(new Error('Nothing more can be written.'), { code: 'ENOSPC' });
        from += written;
      }
      if (isDurable) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    replace(draft, path, waits);
    if (isDurable) syncFolder(dirname(path));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function replace(draft: string, path: string, waits: boolean): void {
  for (let left = waits && process.platform === 'win32' ? defaults.renameTries : 0; ; left -= 1) {
    try {
      renameSync(draft, path);
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof Error && 'code' in error && held.includes(error.code)))
        throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, defaults.renameWaitMs);
    }
  }
}

/** Without it a power cut may bring the old name back. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
