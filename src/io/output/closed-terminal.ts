/** Lets a process end whose terminal was closed. */
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * At its end, Node restores the settings of each terminal among the standard streams, and aborts if that fails. So
 * streams that are terminals now, and no longer are at the end, have to be closed before.
 *
 * @returns the function that closes those.
 */
export function watchTerminals(): () => void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => {
    for (const fd of terminals.filter((number) => !isatty(number))) {
      try {
        closeSync(fd);
      } catch {
        // It is closed already.
      }
    }
  };
}
