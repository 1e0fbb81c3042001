/** Measures and cuts text in the cells of a terminal. */
import stringWidth from 'string-width';
import { printable } from '../../protocol/redact.js';

const defaults = {
  /** The most UTF-16 units of a printed line. */
  maxLineLength: 10_000,
  tab: '    ',
} as const;

const graphemes = new Intl.Segmenter();

/** Cuts text that is wider than so many cells, and marks that in the last one. */
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

const escape = '\u001b';

/** Escapes that set colours and styles, and do not move the cursor. */
const colour = new RegExp(`(${escape}\\[[\\d;:]*m)`);

/** Other escapes: those that move or erase, and those of titles and links. */
const others = new RegExp(`${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\p{Cc}]*)`, 'gu');

/**
 * A printed line without escapes that move the cursor or change the terminal. Colours may stay, and end with the
 * line.
 */
export function harmless(line: string, keepsColour: boolean): string {
  const whole = line.replace(/\r$/, '');
  const lastWord = whole.slice(whole.lastIndexOf('\r') + 1);
  // Every second part is a colour.
  const parts = lastWord.slice(0, defaults.maxLineLength).replaceAll('\t', defaults.tab).split(colour);
  const clean = parts.map((part, index) => {
    if (index % 2 === 1) return keepsColour ? part : '';
    return printable(part.replace(others, ''), defaults.maxLineLength);
  });
  return clean.join('') + (keepsColour && parts.length > 1 ? `${escape}[0m` : '');
}
