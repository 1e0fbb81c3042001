/** A bot on the thread of a command must not end it: its exit code is the answer of the command. */

/**
 * Runs this while `process.exit()` throws, as an error of whoever calls it.
 *
 * @param isShared a bot plays on this thread. Where it does not, nothing is changed.
 */
export async function refuseExit<T>(isShared: boolean, run: () => Promise<T>): Promise<T> {
  if (!isShared) return run();
  const own = Object.getOwnPropertyDescriptor(process, 'exit');
  process.exit = (code?: number | string | null): never => {
    throw new Error(`The bot called process.exit(${code ?? ''}), which would end the command.`);
  };
  try {
    return await run();
  } finally {
    if (own !== undefined) Object.defineProperty(process, 'exit', own);
  }
}
