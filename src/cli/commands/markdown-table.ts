/** @param names so many columns at the left are text, the others are numbers. Default: all are text. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  names = headings.length,
): string[] {
  const rule = headings.map((_, index) => (index < names ? '---' : '---:'));
  return [lineOf(headings), `| ${rule.join(' | ')} |`, ...rows.map(lineOf)];
}

const lineOf = (cells: readonly string[]): string =>
  `| ${cells.map((text) => text.replace(/[\\|]/g, '\\$&')).join(' | ')} |`;
