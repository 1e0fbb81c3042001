/** What `run` does at an end that starting again does not mend, where its service manager cannot tell exit codes apart. */
import { finalExitOf, isFinalExit } from '../../service/final-exit.js';
import { exitCodes } from './exit-codes.js';
import { printLine, type Terminal } from './surroundings.js';

/** @returns the exit code. */
export async function endFinally(code: number, io: Terminal): Promise<number> {
  const how = finalExitOf(io.env);
  if (how === null || !isFinalExit(code, how)) return code;
  if (how === 'zero') {
    printLine(io.stderr, `chipzen-agent: exit code 0 in place of ${code}: starting again would not help.`);
    return exitCodes.done;
  }
  printLine(
    io.stderr,
    `chipzen-agent: over (${code}), and starting again would not help: waiting until this is stopped.`,
  );
  // A signal handler keeps no process alive.
  const alive = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => {
    const forget = io.onSignal(() => {
      forget();
      resolve();
    });
  });
  clearInterval(alive);
  return code;
}
