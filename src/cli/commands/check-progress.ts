/** One line on the terminal that says how far a long command is. */
import type { CheckProgress } from '../../check/check-run.js';
import type { CliIo } from '../surroundings/surroundings.js';

const defaults = { columns: 79 } as const;

const clear = '\r\u001b[K';

export interface ProgressLine {
  show: (progress: CheckProgress) => void;
  /** Takes the line away while something else is written. */
  beside(write: () => void): void;
  end(): void;
}

/** Draws only where standard error is a terminal. */
export function showProgress({ stderr, isErrorTerminal = false }: CliIo): ProgressLine {
  let line = '';
  const draw = (text: string): void => {
    if (isErrorTerminal && (line !== '' || text !== '')) stderr.write(`${clear}${text}`);
    line = text;
  };
  return {
    show: ({ done, total, title }) => draw(`${done + 1}/${total}  ${title}`.slice(0, defaults.columns)),
    beside(write) {
      const shown = line;
      draw('');
      write();
      // Text without an end of line would be drawn over, and what follows it comes at once.
      line = shown;
    },
    end: () => draw(''),
  };
}
