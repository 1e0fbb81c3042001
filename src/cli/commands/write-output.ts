/** Writes the file that a command makes. */
import { dirname } from 'node:path';
import { makeFolder } from '../../files/make-folder.js';
import { writeWhole } from '../../files/write-whole.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';

const defaults = {
  /** Other programs read it: as the user's mask has it. */
  mode: 0o666,
} as const;

/** The path is right, and the disk has no room. */
const diskErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/**
 * Whoever reads the file finds the whole of it, or that of before.
 *
 * @param again what to do once there is room on the disk, for the error: `export again`.
 * @param flag that names the path.
 * @throws {StateWriteError} when the disk has no room.
 * @throws {OptionError} for a path that cannot be written.
 */
export function writeOutput(path: string, text: string, again: string, flag = 'out'): void {
  withOutputErrors(
    path,
    again,
    () => {
      makeFolder(dirname(path));
      writeWhole(path, text, { mode: defaults.mode });
    },
    flag,
  );
}

/** Does work on the file of `--out`, or of another flag; throws what `writeOutput` throws. */
export function withOutputErrors(path: string, again: string, work: () => void, flag = 'out'): void {
  try {
    work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (diskErrors.has(code))
      throw new StateWriteError(`${path} was not written (${code}): make room on the disk, and ${again}.`, {
        cause: error,
      });
    throw new OptionError(flag, `${path} cannot be written (${code}): give --${flag} a place that can be.`);
  }
}
