import { expect, it } from 'vitest';
import { loadDuckDb, NoIndexError } from '../../src/ledger/duckdb.js';

async function loading(error: unknown): Promise<unknown> {
  try {
    return await loadDuckDb(async () => {
      throw error;
    });
  } catch (caught) {
    return caught;
  }
}

it('a database that is not installed is told, with what brings it', async () => {
  const absent = Object.assign(new Error("Cannot find package '@duckdb/node-api' imported from here"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  const error = (await loading(absent)) as NoIndexError;
  expect(error).toBeInstanceOf(NoIndexError);
  expect(error.message).toBe(
    'The index is not available here because @duckdb/node-api is not installed. `npm install @duckdb/node-api` beside chipzen-agent brings it.',
  );
});

it('a database that is built for other machines is told with its cause', async () => {
  const error = (await loading(new Error('libduckdb.so: wrong ELF class\nat somewhere'))) as NoIndexError;
  expect(error.why).toBe('@duckdb/node-api does not load on this machine (libduckdb.so: wrong ELF class)');
});
