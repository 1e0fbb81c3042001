/** Redraws lines at the bottom of a terminal, while other output scrolls by above them. */
import type { ScreenLease } from '../surroundings/surroundings.js';

const esc = {
  hideCursor: '\u001b[?25l',
  showCursor: '\u001b[?25h',
  /** A line that is too wide is cut, and does not continue on an extra line. */
  wrapOff: '\u001b[?7l',
  wrapOn: '\u001b[?7h',
  eraseToEndOfLine: '\u001b[K',
  eraseBelow: '\u001b[J',
  up: (lines: number) => (lines > 0 ? `\u001b[${lines}A` : ''),
  down: (lines: number) => (lines > 0 ? `\u001b[${lines}B` : ''),
} as const;

const newLine = '\r\n';

export interface Painter {
  /** Prints whole lines above the drawing, then draws it. Writes nothing when nothing is new. */
  draw(drawing: readonly string[], above: readonly string[]): void;
  /** The next `draw` redraws everything: the terminal's size or content has changed. */
  forget(): void;
  /** Leaves the drawing as it is: the cursor moves below it, and the next drawing begins there. */
  leave(): void;
}

/**
 * Between two drawings the cursor is hidden and stays at the first character of the drawing. A terminal that becomes
 * narrower may wrap the lines again; the first one stays at the cursor in any case.
 */
export function createPainter(write: ScreenLease['write']): Painter {
  let drawn: readonly string[] = [];
  let isNew = true;

  return {
    draw(drawing, above) {
      const isSame =
        !isNew && drawing.length === drawn.length && drawing.every((line, i) => line === drawn[i]);
      if (above.length === 0 && isSame) return;
      const scrolling = above.length > 0 ? `${esc.eraseBelow}${above.join(newLine)}${newLine}` : '';
      if (drawing.length === 0) {
        write(`\r${scrolling}`);
        return;
      }
      const lines = drawing.join(`${esc.eraseToEndOfLine}${newLine}`);
      const back = `\r${esc.up(drawing.length - 1)}`;
      // A single write, so that a terminal never shows half of a drawing.
      write(`${esc.hideCursor}\r${scrolling}${esc.wrapOff}${lines}${esc.eraseBelow}${esc.wrapOn}${back}`);
      drawn = drawing;
      isNew = false;
    },
    forget() {
      isNew = true;
    },
    leave() {
      if (drawn.length > 0) write(`${esc.down(drawn.length - 1)}${newLine}${esc.showCursor}`);
      drawn = [];
      isNew = true;
    },
  };
}
