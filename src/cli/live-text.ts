/** Text measured in the cells of a terminal. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { printable } from '../protocol/redact.js';

const defaults = {
  /** UTF-16 units of a line that somebody printed. */
  maxLineLength: 10_000,
  tab: '    ',
} as const;

const graphemes = new Intl.Segmenter();

/** Cuts text that is wider than so many cells, and says so with its last one. */
export function fit(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text;
  let cut = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment);
    if (width >= cells) break;
    cut += segment;
  }
  return cells > 0 ? `${cut}…` : '';
}

/** Makes text exactly so many cells wide. */
export function cell(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  const fitting = fit(text, cells);
  const padding = ' '.repeat(Math.max(0, cells - stringWidth(fitting)));
  return align === 'left' ? fitting + padding : padding + fitting;
}

/** Of the parts of a line every second one is what the pattern found. */
const isColour = (part: string, index: number) => index % 2 === 1 && part.startsWith('\u001b');

/** A colour and the like: an escape that moves nothing. The first control character need not be ESC. */
const colour = /(\p{Cc}\[[\d;:]*m)/u;

/**
 * A line that somebody printed, without what would move the cursor or change the terminal. Colours may stay, and end
 * with the line.
 */
export function harmless(line: string, keepsColour: boolean): string {
  const whole = line.replace(/\r$/, '');
  const lastWord = whole.slice(whole.lastIndexOf('\r') + 1);
  const parts = lastWord.slice(0, defaults.maxLineLength).replaceAll('\t', defaults.tab).split(colour);
  const clean = parts.map((part, index) => {
    if (isColour(part, index)) return keepsColour ? part : '';
    return printable(stripVTControlCharacters(part), defaults.maxLineLength);
  });
  return clean.join('') + (keepsColour && parts.some(isColour) ? '\u001b[0m' : '');
}
