/**
 * Notices that source files of a bot were saved, and that links to them lead elsewhere: they are looked at now and then,
 * which works on every file system.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../time/clock.js';
import { createOwnTimers } from '../../../time/own-timers.js';
import type { KeptFile } from './kept-files.js';

const defaults = {
  /** How often. A file that changes meanwhile is still being written: it is looked at again. */
  everyMs: 500,
} as const;

export interface CodeWatchOptions {
  /** What the files and links are compared with. */
  files: () => readonly KeptFile[];
  clock: Clock;
  /**
   * Called with the files that differ, each time that they differ in another way. Nothing is looked at before it is
   * done.
   */
  onChanged: (paths: string[]) => void | Promise<void>;
  /** Whether a new file beside them is a reason, too: what was missing may be there now. Default: no. */
  isNewFileEnough?: () => boolean;
}

/** @returns the function that ends the watch. */
export function watchCode({ files, clock, onChanged, isNewFileEnough }: CodeWatchOptions): () => void {
  const timers = createOwnTimers(clock);
  let looks = new Map<string, string>();
  /** The texts of the files and the ends of the links, and how they looked when they were read. */
  const read = new Map<string, { look: string; text: string | null }>();
  let told = new Map<string, string | null>();
  let isStopped = false;

  /** Whether anything has moved since the last time, and whether a folder has. */
  const lookAround = async (): Promise<{ isMoving: boolean; hasNewFile: boolean }> => {
    const followed = files();
    const folders = new Set(followed.map(({ path }) => dirname(path)));
    const seen = new Map<string, string>();
    for (const folder of folders) seen.set(folder, await lookOf(folder));
    for (const { path, form } of followed)
      seen.set(path, form === 'link' ? `${await endOf(path)} ${await lookOf(path)}` : await lookOf(path));
    const moved = [...seen].filter(([path, look]) => looks.has(path) && looks.get(path) !== look);
    looks = seen;
    return {
      isMoving: moved.some(([path]) => !folders.has(path)),
      hasNewFile: moved.some(([path]) => folders.has(path)),
    };
  };

  const differing = async (): Promise<Map<string, string | null>> => {
    const differs = new Map<string, string | null>();
    for (const { path, text, form } of files()) {
      const look = looks.get(path) ?? '';
      if (read.get(path)?.look !== look) {
        read.set(path, { look, text: await (form === 'link' ? endOf(path) : textOf(path)) });
      }
      const now = read.get(path)?.text ?? null;
      if (now !== text) differs.set(path, now);
    }
    return differs;
  };

  const look = async (): Promise<void> => {
    const { isMoving, hasNewFile } = await lookAround();
    if (isMoving) return;
    const differs = await differing();
    const isNews = [...differs].some(([path, text]) => !told.has(path) || told.get(path) !== text);
    told = differs;
    if (isStopped || !(isNews || (hasNewFile && isNewFileEnough?.() === true))) return;
    await onChanged([...differs.keys()]);
  };

  const lookAgain = (): void => {
    timers.later(defaults.everyMs, () => {
      void look().then(() => {
        if (!isStopped) lookAgain();
      });
    });
  };
  lookAgain();

  return () => {
    isStopped = true;
    timers.clear();
  };
}

async function lookOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'gone';
  }
}

/** Null for a file that is gone. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/** The real path of the file to which a link leads; null where it leads to nothing. */
async function endOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    return null;
  }
}
