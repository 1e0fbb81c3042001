/** The entry for a number; beyond the end of the table the last one, which then stands for "so many or more". */
export function lookUp(table: readonly number[], index: number): number {
  return table[Math.min(index, table.length - 1)] ?? 0;
}
