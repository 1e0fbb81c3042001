/** A run that ended because its file, or the folder of its hands, could not be written to. */
import { StateWriteError } from '../protocol/errors.js';
import type { ArenaResult } from './arena-result.js';

/** Thrown by `runArena` when its file, or the folder of its hands, cannot be written to any more. */
export class ArenaWriteError extends StateWriteError {
  /** What counted until then. */
  readonly soFar: ArenaResult;

  constructor(error: StateWriteError, soFar: ArenaResult) {
    super(error.message, { cause: error.cause });
    this.soFar = soFar;
  }
}
