/** Makes a folder with all that lead to it. Node's own way has no end below /proc, and names no cause on a read-only disk. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * @param mode of each folder that is made. Default: what the process gives.
 * @throws the system's error: `EROFS`, `EACCES`, `ENOTDIR`, or `EEXIST` where something else has the name.
 */
export function makeFolder(folder: string, mode?: number): void {
  const path = resolve(folder);
  try {
    makeOne(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    makeFolder(parent, mode);
    makeOne(path, mode);
  }
}

function makeOne(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    // It is there, or another process has made it meanwhile; some systems say EPERM or EROFS of it.
    if (!isThere(path)) throw error;
  }
}

function isThere(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
