#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1, seen 2026-11-28.
# Guess:  another query on the connection waits for a stream that is being read, or is refused, or the stream goes on beside it.
# Seen:   the other query ends the stream, and that looks like its natural end: fetchChunk() gives no more rows, a reader says done. Of 500,000 rows
#         2,048 arrive, without an error. With a connection of its own for each, all arrive.
# Hurt:   a loop over hands that looks something up per chunk, or a dashboard whose panels share one connection while an export runs: the export
#         is complete by its own account and holds the first chunk. With fewer than 2,048 rows, as in tests, nothing is wrong.
# Do:     one connection per stream (instance.connect() costs little), or runAndReadAll(); compare with count(*).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const setup = await instance.connect();
await setup.run('create table hands as select range as hand from range(500000)');

async function streamed(exports, lookups) {
  const result = await exports.stream('select hand from hands');
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    rows += chunk.rowCount;
    await lookups?.runAndReadAll('select max(hand) from hands');
  }
  return rows;
}
const one = await instance.connect();
assert.equal(await streamed(one), 500_000);
assert.equal(await streamed(one, await instance.connect()), 500_000);
const shared = await streamed(one, one);
assert.equal(shared, 2048);

const reader = await one.streamAndReadUntil('select hand from hands', 10);
assert.equal(reader.done, false);
await one.run('select 1');
await reader.readAll();
assert.deepEqual([reader.done, reader.currentRowCount], [true, 2048]);
console.log('@duckdb/node-api 1.5.6-r.1: of 500,000 rows', shared, 'arrive when the loop asks the same connection, and the reader says done:', reader.done);
EOF
node probe.mjs
