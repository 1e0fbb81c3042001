/** Writes the file that a command makes. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileWhole } from '../../files/write-whole.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';

/** The path is right, and the disk has no room. */
const diskErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/**
 * Whoever reads the file finds the whole of it, or that of before; for its user alone.
 *
 * @param again what to do once there is room on the disk, for the error: `export again`.
 * @throws {StateWriteError} when the disk has no room.
 * @throws {OptionError} for a path that cannot be written.
 */
export function writeOutput(path: string, text: string, again: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileWhole(path, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (diskErrors.has(code))
      throw new StateWriteError(`${path} was not written (${code}): make room on the disk, and ${again}.`, {
        cause: error,
      });
    throw new OptionError('out', `${path} cannot be written (${code}): give --out a place that can be.`);
  }
}
