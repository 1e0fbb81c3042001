/** Reads what a program keeps for itself, whatever stands in its place meanwhile: a pipe or a device would hold it up for ever. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { oddKindOf } from './file-kind.js';

export type ReadRegular =
  | { readonly text: string }
  /** `absent`: there is no such file; the message is a sentence that begins with the path. */
  | {
      readonly text: null;
      readonly why: 'absent' | 'odd' | 'large' | 'unreadable';
      readonly message: string;
    };

/** @param maxBytes of a file that is read. */
export function readRegular(path: string, maxBytes: number): ReadRegular {
  try {
    // Without waiting for a writer of a pipe; a pipe that is put there after a look at it would wait.
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(fd);
      const odd = oddKindOf(stats);
      if (odd !== null) return { text: null, why: 'odd', message: `${path} is ${odd}.` };
      if (stats.size > maxBytes)
        return { text: null, why: 'large', message: `${path} has ${stats.size} bytes.` };
      return { text: readFileSync(fd, 'utf8') };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return { text: null, why: 'absent', message: `There is no file ${path}.` };
    return { text: null, why: 'unreadable', message: `${path} cannot be read (${code}).` };
  }
}
