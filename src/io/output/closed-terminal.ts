/** Ends of a process whose terminal was closed. */
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * When it ends, Node gives each terminal among the standard streams its settings back, and aborts where that fails. So
 * those that are terminals now, and can no longer be told from anything else then, are to be closed before.
 *
 * @returns the function that closes them.
 */
export function watchTerminals(): () => void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => {
    for (const fd of terminals.filter((number) => !isatty(number))) {
      try {
        closeSync(fd);
      } catch {
        // Somebody else has closed it.
      }
    }
  };
}
