import { expect, it } from 'vitest';
import { loadDuckDb } from '../../src/ledger/duckdb.js';
import { indexValue } from '../../src/ledger/index-values.js';

it('whole numbers are numbers as far as those are exact, and text beyond', () => {
  expect([3n, -1_234n, BigInt(Number.MAX_SAFE_INTEGER), 2n ** 53n, -(2n ** 60n)].map(indexValue)).toEqual([
    3,
    -1_234,
    Number.MAX_SAFE_INTEGER,
    '9007199254740992',
    '-1152921504606846976',
  ]);
});

it('whatever comes of the database can be JSON', async () => {
  const { DuckDBInstance } = await loadDuckDb();
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(
    `SELECT true, 1.5::DECIMAL(4, 1), DATE '2026-11-28', [1, 2], {'a': 1, 'b': [NULL]}, MAP {'k': 2}, 'inf'::DOUBLE, INTERVAL 2 DAY`,
  );
  const [row = []] = reader.getRows();
  const values = row.map(indexValue);
  expect(values.slice(0, 5)).toEqual([true, 1.5, '2026-11-28', [1, 2], { a: 1, b: [null] }]);
  expect(values[6]).toBe('Infinity');
  expect(() => JSON.stringify(values)).not.toThrow();
  connection.closeSync();
});
