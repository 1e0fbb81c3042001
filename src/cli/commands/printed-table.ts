/** A table that is printed once, as wide as its cells and no wider than the terminal. */
import stringWidth from 'string-width';
import { cell } from '../live/live-text.js';

const defaults = { minNameWidth: 4 } as const;

export interface PrintedColumn {
  heading: string;
  /** The heading where there is little room. */
  short: string;
  cells: readonly string[];
}

/**
 * @param names the first column, which is cut where the others leave no room for it.
 * @param columns the other columns, aligned to the right; they are never cut.
 * @param room cells of the terminal; without one the table is as wide as it is.
 */
export function printedTable(
  names: PrintedColumn,
  columns: readonly PrintedColumn[],
  room: number = Infinity,
): string[] {
  const wide = layOut(names, columns, { isShort: false, room });
  return wide ?? layOut(names, columns, { isShort: true, room }) ?? [];
}

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
