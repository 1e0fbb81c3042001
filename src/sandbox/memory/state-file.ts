/** The state file of a platform: locked first, then read, and written when the platform has its port. */
import { isText } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import { type JournalOptions, noJournal, openJournal, type StoredState } from './journal.js';
import { realStatePath } from './journal-lines.js';
import { lockState } from './state-lock.js';

/** A state that no other platform uses. */
export interface StateFile extends StoredState {
  /** Closes the journal and lets other platforms have the file. */
  release(): Promise<void>;
}

/**
 * @param path of the file; undefined for a platform that keeps nothing.
 * @throws {OptionError} for a file that cannot be used, or is in use. It has not changed then.
 */
export async function openStateFile(
  path: string | undefined,
  options: Omit<JournalOptions, 'path'>,
): Promise<StateFile> {
  if (path === undefined) {
    return {
      entries: [],
      journal: noJournal,
      begin: () => undefined,
      release: () => Promise.resolve(),
    };
  }
  if (!isText(path) || path === '') {
    throw new OptionError('state', 'The option state must be the name of a file.');
  }
  const realPath = realStatePath(path);
  const lock = await lockState(realPath);
  try {
    const state = openJournal({ ...options, path: realPath });
    return {
      ...state,
      async release() {
        state.journal.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
