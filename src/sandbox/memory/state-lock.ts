/** One platform at a time uses a state file. */
import { lockPath, type PathLock } from '../../files/path-lock.js';
import { OptionError } from '../../protocol/errors.js';

/**
 * @param path the real path of the file, which need not exist yet.
 * @throws {OptionError} when another platform uses the file, or it cannot be locked.
 */
export async function lockState(path: string): Promise<PathLock> {
  let lock: PathLock | null;
  try {
    lock = await lockPath(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown error';
    throw new OptionError(
      'state',
      `The state file ${path} cannot be locked (${String(code)}). Choose another file.`,
    );
  }
  if (lock !== null) return lock;
  throw new OptionError(
    'state',
    `The state file ${path} is in use by another sandbox. End that one, or choose another file.`,
  );
}
