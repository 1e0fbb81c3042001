#!/usr/bin/env bash
# pino 10.4.0 (@duckdb/node-api 1.5.6-r.1 beside it), seen 2026-11-28.
# Guess:  a field of the record that has the name of one of pino's own (level, time, msg) replaces it, is put aside, or is refused.
# Seen:   both are written: {"level":30,...,"level":3}. JSON.parse takes the last, so a line of level "info" has the level 3 of the blinds, below trace. The
#         same goes for `time` and for a `msg` in the object. DuckDB refuses the whole file for its duplicate key.
# Hurt:   level is a word of tournaments, time one of clocks: whoever logs { level, time } of a match finds that viewers and filters drop those lines, and
#         that a query over the log stops at the first of them, a day later.
# Do:     nestedKey: 'payload' in the options, or other names (blindLevel); feed each kind of line to the reader in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts pino@10.4.0 @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import pino from 'pino';

const written = (options, fields) => {
  let line = '';
  pino({ base: null, timestamp: false, ...options }, { write: (text) => (line += text) }).info(fields, 'blinds up');
  return line.trim();
};
const blinds = { hand: 41, level: 3 };
const line = written({}, blinds);
assert.equal(line, '{"level":30,"hand":41,"level":3,"msg":"blinds up"}');
assert.equal(JSON.parse(line).level, 3);
const nested = written({ nestedKey: 'match' }, blinds);
assert.deepEqual(JSON.parse(nested), { level: 30, match: blinds, msg: 'blinds up' });

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const read = (file, text) => {
  writeFileSync(file, `${written({}, { hand: 40 })}\n${text}\n`);
  return connection.runAndReadAll(`select * from read_json('${file}')`);
};
await assert.rejects(read('same.jsonl', line), /duplicate key "level"/);
assert.equal((await read('nested.jsonl', nested)).getRowObjects().length, 2);
console.log('pino 10.4.0:', line, '- read as level', JSON.parse(line).level);
EOF
node probe.mjs
