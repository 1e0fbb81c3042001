/** A line on the terminal that is drawn again and again while a long command works. */
import type { CliIo } from '../surroundings/surroundings.js';

const defaults = { columns: 79 } as const;

const clear = '\r\u001b[K';

export interface ProgressLine {
  draw: (text: string) => void;
  /** Takes the line away while something else is written. */
  beside: (write: () => void) => void;
  end: () => void;
}

/** Draws only where standard error is a terminal. */
export function progressLine({ stderr, isErrorTerminal = false }: CliIo): ProgressLine {
  let line = '';
  const draw = (text: string): void => {
    if (isErrorTerminal && (line !== '' || text !== '')) stderr.write(`${clear}${text}`);
    line = text;
  };
  return {
    draw: (text) => draw(text.slice(0, defaults.columns)),
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
