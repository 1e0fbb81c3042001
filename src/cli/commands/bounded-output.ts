/** Writes the beginning of what a bot prints, and counts the rest. */
import { count } from '../../io/reports/describe.js';

const defaults = { maxLines: 40, maxLength: 8_192 } as const;

export interface BoundedOutput {
  write(text: string): void;
  /** A sentence about what was left out; null: nothing was. */
  leftOut(): string | null;
}

/** @param write gets whole lines, and a longer one up to the limit. */
export function createBoundedOutput(write: (text: string) => void): BoundedOutput {
  let lines = 0;
  let length = 0;
  let left = { lines: 0, length: 0 };
  let isLineOpen = false;

  const leave = (text: string): void => {
    if (text === '') return;
    const ends = text.split('\n').length - 1;
    left = { lines: left.lines + ends, length: left.length + text.length };
    isLineOpen = !text.endsWith('\n');
  };

  return {
    write(text) {
      if (left.length > 0) return leave(text);
      const room = roomIn(text, defaults.maxLines - lines, defaults.maxLength - length);
      const shown = text.slice(0, room);
      lines += shown.split('\n').length - 1;
      length += shown.length;
      if (shown !== '') write(room < text.length && !shown.endsWith('\n') ? `${shown}\n` : shown);
      leave(text.slice(room));
    },
    leftOut() {
      if (left.length === 0) return null;
      const rest = count(left.lines + (isLineOpen ? 1 : 0), 'further line');
      return `The bot wrote ${rest} (${left.length} characters), which are left out here. "chipzen-agent dev" shows all of its output.`;
    },
  };
}

/** How much of the text is within both limits. */
function roomIn(text: string, lines: number, length: number): number {
  let end = 0;
  for (let line = 0; line < lines && end < text.length; line += 1) {
    const next = text.indexOf('\n', end);
    end = next < 0 ? text.length : next + 1;
  }
  return Math.max(0, Math.min(end, length));
}
