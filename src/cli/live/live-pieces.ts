/** Lines of the live table that are pieces in a row, as many as fit. */
import stringWidth from 'string-width';
import type { Paint, Tone } from './live-style.js';
import { fit } from './live-text.js';

export interface Piece {
  text: string;
  tone?: Tone | null;
}

const separator = ', ';

/** As much of `online, 2 live, net +40, ...` as is narrower than so many columns, the most important first. */
export function lineOfPieces(
  [first, ...others]: readonly [Piece, ...Piece[]],
  columns: number,
  paint: Paint,
): string {
  let room = columns - 1 - stringWidth(first.text);
  const kept = others.filter(({ text }) => {
    const width = stringWidth(text) + separator.length;
    const fits = width <= room;
    room = fits ? room - width : 0;
    return fits;
  });
  const lead = { ...first, text: fit(first.text, columns - 1) };
  return [lead, ...kept].map(({ text, tone = null }) => paint(text, tone)).join(separator);
}
