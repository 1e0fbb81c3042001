/** How far a scout is: a line that is drawn again on a terminal, and lines about waits everywhere. */
import { printable } from '../../protocol/redact.js';
import type { ScoutProgress } from '../../scout/scout.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

const defaults = { columns: 79 } as const;

export interface DrawnProgress {
  show(progress: ScoutProgress): void;
  /** Prints a line of its own. */
  beside(text: string): void;
  end(): void;
}

export function drawProgress({ stderr, isErrorTerminal = false, redact }: Terminal): DrawnProgress {
  let shown = '';
  const draw = (text: string): void => {
    if (isErrorTerminal && (shown !== '' || text !== ''))
      stderr.write(`\r\u001b[K${printable(text, defaults.columns, redact)}`);
    shown = text;
  };
  return {
    show(progress) {
      draw(
        progress.type === 'match'
          ? `${progress.done}/${progress.of}  ${progress.bot}`
          : `page ${progress.page} of the matches${progress.bot === null ? '' : ` of ${progress.bot}`}  (${progress.rows} known)`,
      );
    },
    beside(text) {
      const before = shown;
      draw('');
      printLine(stderr, printable(text, 1_000, redact));
      draw(before);
    },
    end: () => draw(''),
  };
}
