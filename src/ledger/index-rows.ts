/** Rows into tables of the index, and out of them. */

import type { DuckDb, OpenIndex } from './duckdb.js';
import type { ColumnType, ColumnValue, IndexColumn, IndexTable } from './index-tables.js';
import { indexValue } from './index-values.js';

type Appender = Awaited<ReturnType<OpenIndex['connection']['createAppender']>>;

const appenders: {
  readonly [Type in ColumnType]: (appender: Appender, value: never, api: DuckDb) => void;
} = {
  text: (appender, value: string) => appender.appendVarchar(value),
  count: (appender, value: number) => appender.appendInteger(value),
  chips: (appender, value: number) => appender.appendBigInt(BigInt(value)),
  real: (appender, value: number) => appender.appendDouble(value),
  flag: (appender, value: boolean) => appender.appendBoolean(value),
  time: (appender, value: number, { DuckDBTimestampValue }) =>
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Math.round(value)) * 1_000n)),
  texts: (appender, value: readonly string[], { LIST, VARCHAR }) =>
    appender.appendList([...value], LIST(VARCHAR)),
};

/** @throws what DuckDB throws, and `RangeError` for chips that are no whole number. */
export async function appendRows<Row>(
  { connection, api }: OpenIndex,
  { name, columns }: IndexTable<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const appender = await connection.createAppender(name);
  try {
    for (const row of rows) {
      for (const { type, of } of columns) {
        const value = of(row);
        if (value === null) appender.appendNull();
        else appenders[type](appender, value as never, api);
      }
      appender.endRow();
    }
  } catch (error) {
    // What was taken so far goes with the transaction.
    appender.clear();
    throw error;
  } finally {
    appender.closeSync();
  }
}

const selected = ({ name, type }: Pick<IndexColumn<unknown>, 'name' | 'type'>): string =>
  type === 'time' ? `epoch_ms(${name})` : name;

/** The rows of a table as they went in. */
export async function objectsIn<Row>(
  { connection }: OpenIndex,
  { name, columns }: IndexTable<Row>,
): Promise<Row[]> {
  const list = columns.map((column) => selected(column)).join(', ');
  const reader = await connection.runAndReadAll(`SELECT ${list} FROM ${name}`);
  const rows = Array.from({ length: reader.currentRowCount }, (): Record<string, ColumnValue> => ({}));
  // Column by column: that takes a third of the time that row by row does.
  for (const [index, values] of reader.getColumns().entries()) {
    const field = columns[index]?.field ?? '';
    for (const [at, row] of rows.entries()) row[field] = indexValue(values[at]) as ColumnValue;
  }
  return rows as Row[];
}

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
