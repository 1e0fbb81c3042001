/** A table that is printed once, as wide as its cells and no wider than the terminal. */
import stringWidth from 'string-width';
import { cell } from '../live/live-text.js';

const defaults = {
  minNameWidth: 4,
  /** Names are cut to this before a spare column is left out, or to this share of the room. */
  toldNameWidth: 16,
  toldNameShare: 0.45,
} as const;

export interface PrintedColumn {
  heading: string;
  /** The heading where there is little room. */
  short: string;
  cells: readonly string[];
  /** It may be left out where there is no room for it beside the names. */
  isSpare?: boolean;
}

/**
 * @param names the first column, which is cut where the others leave no room for it.
 * @param columns the other columns, aligned to the right; they are never cut. Spare ones are left out, the last ones first,
 * where names would be hard to tell apart; a line below says which.
 * @param room cells of the terminal; without one the table is as wide as it is.
 */
export function printedTable(
  names: PrintedColumn,
  columns: readonly PrintedColumn[],
  room: number = Infinity,
): string[] {
  const wide = layOut(names, columns, { isShort: false, room });
  if (wide !== null) return wide;
  const told = Math.max(defaults.toldNameWidth, Math.floor(defaults.toldNameShare * room));
  const wanted = Math.min(widthOf([names.short, ...names.cells]), told);
  const kept = [...columns];
  const left: string[] = [];
  while (room - 1 - takenBy(kept) < wanted) {
    const spare = kept.findLastIndex(({ isSpare }) => isSpare === true);
    if (spare === -1) break;
    left.unshift(...kept.splice(spare, 1).map(({ heading }) => heading));
  }
  const lines = layOut(names, kept, { isShort: true, room }) ?? [];
  return left.length === 0 ? lines : [...lines, `no room here for: ${left.join(', ')}`];
}

/** With short headings. */
const takenBy = (columns: readonly PrintedColumn[]): number =>
  columns.reduce((sum, { short, cells }) => sum + 1 + widthOf([short, ...cells]), 0);

const widthOf = (lines: readonly string[]): number => Math.max(...lines.map((line) => stringWidth(line)));

/** Null when the names would have to be cut, and shorter headings are still to try. */
function layOut(
  names: PrintedColumn,
  columns: readonly PrintedColumn[],
  { isShort, room }: { isShort: boolean; room: number },
): string[] | null {
  const gap = isShort ? 1 : 2;
  const linesOf = ({ heading, short, cells }: PrintedColumn) => [isShort ? short : heading, ...cells];
  const others = columns.map((column) => {
    const lines = linesOf(column);
    return { lines, width: widthOf(lines) };
  });
  const taken = others.reduce((sum, { width }) => sum + gap + width, 0);
  const first = linesOf(names);
  // Some terminals wrap a line that fills the last cell.
  const left = room - 1 - taken;
  if (!isShort && widthOf(first) > left) return null;
  const nameWidth = Math.min(widthOf(first), Math.max(defaults.minNameWidth, left));
  return first.map((name, index) =>
    [
      cell(name, nameWidth),
      ...others.map(({ lines, width }) => cell(lines[index] ?? '', width, 'right')),
    ].join(' '.repeat(gap)),
  );
}
