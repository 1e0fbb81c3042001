/** Runs long work until it is done, or a signal ends it. */
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

/** Why work was ended. */
class StoppedError extends Error {}

/**
 * @param work gets a signal that is aborted at Ctrl-C, SIGTERM and SIGHUP, and when nobody reads the output any more. What
 * it throws then is taken for its end.
 * @returns the exit code of the work, or 1 where it was stopped.
 */
export async function untilStopped(
  io: Pick<Terminal, 'onSignal' | 'stderr'>,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const release = io.onSignal(() => controller.abort(new StoppedError('Stopped.')));
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    printLine(io.stderr, 'Stopped before the end.');
    return exitCodes.failed;
  } finally {
    release();
  }
}
