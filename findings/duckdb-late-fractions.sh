#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1, seen 2026-11-28.
# Guess:  read_json and read_csv take the type of a field from a sample of the lines, and a later line that does not fit is refused.
# Seen:   the first 20,480 lines decide. If they hold whole numbers, a fraction behind them is rounded without an error, and each reader rounds in
#         its own way: 2.5 is 2 from JSON lines and 3 from a CSV file of the same results.
# Hurt:   sums over records: results in whole chips until the first split pot, or in big blinds, gain or lose a part at each of them. Which lines
#         are hit depends on their order in the file, and nothing shows it but another sum.
# Do:     sample_size = -1, or name the types: columns = {hand: 'INTEGER', net: 'DOUBLE'}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const hands = Array.from({ length: 30_000 }, (_, hand) => ({ hand, net: hand < 29_000 ? 1 : 2.5 }));
writeFileSync('hands.jsonl', hands.map((line) => JSON.stringify(line) + '\n').join(''));
writeFileSync('hands.csv', 'hand,net\n' + hands.map(({ hand, net }) => hand + ',' + net + '\n').join(''));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const sumOf = async (table) => Number((await connection.runAndReadAll('select sum(net) as net from ' + table)).getRowObjects()[0].net);

const right = hands.reduce((sum, { net }) => sum + net, 0);
assert.equal(right, 31_500);
assert.equal(await sumOf("read_json('hands.jsonl', sample_size = -1)"), right);
assert.equal(await sumOf("read_json('hands.jsonl', columns = {hand: 'INTEGER', net: 'DOUBLE'})"), right);
assert.equal(await sumOf("read_csv('hands.csv', sample_size = -1)"), right);
const seen = [await sumOf("read_json('hands.jsonl')"), await sumOf("read_csv('hands.csv')")];
assert.deepEqual(seen, [31_000, 32_000]);
console.log('@duckdb/node-api 1.5.6-r.1: results of', right, 'chips sum up to', seen[0], 'from JSON lines, to', seen[1], 'from CSV');
EOF
node probe.mjs
