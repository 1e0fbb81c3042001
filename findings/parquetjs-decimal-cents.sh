#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.8, seen 2026-11-28.
# Guess:  a column DECIMAL with scale 2 keeps amounts of two places as they are: it is the type made for money.
# Seen:   the amount is multiplied by 100 as a double and cut down to the next whole number below: 0.29 is stored as 0.28, 1.15 as 1.14, 19.99 as 19.98. Of the
#         thousand amounts from 0.01 to 10.00, 69 lose a cent. Those below zero are rounded down as well, but other ones are hit: -0.29 stays.
# Hurt:   whoever exports results in big blinds or dollars: a hand that won 0.29 from the other seat no longer sums to zero, and the error always
#         goes the same way, so it grows with the hands instead of cancelling out.
# Do:     store whole chips or cents as INT64 (which refuses fractions), or DOUBLE; check in a test that hands still sum to zero.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @dsnp/parquetjs@1.8.8 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { ParquetReader, ParquetSchema, ParquetWriter } = require('@dsnp/parquetjs');

const throughFile = async (field, amounts) => {
  const writer = await ParquetWriter.openFile(new ParquetSchema({ net: field }), 'results.parquet');
  for (const net of amounts) await writer.appendRow({ net });
  await writer.close();
  const reader = await ParquetReader.openFile('results.parquet');
  const cursor = reader.getCursor();
  const read = [];
  for (let row = await cursor.next(); row; row = await cursor.next()) read.push(row.net);
  await reader.close();
  return read;
};

(async () => {
  const money = { type: 'DECIMAL', precision: 10, scale: 2 };
  const some = [0.29, -0.29, 1.15, -1.15, 19.99, -19.99, 2.5];
  const seen = await throughFile(money, some);
  assert.deepEqual(seen, [0.28, -0.29, 1.14, -1.15, 19.98, -19.99, 2.5]);
  assert.deepEqual(await throughFile({ type: 'DOUBLE' }, some), some);
  const thousand = Array.from({ length: 1000 }, (_, cent) => (cent + 1) / 100);
  const back = await throughFile(money, thousand);
  const changed = back.filter((net, index) => net !== thousand[index]).length;
  assert.equal(changed, 69);
  assert.ok(back.every((net, index) => net <= thousand[index]));
  console.log('@dsnp/parquetjs 1.8.8:', some.join(' '), 'come back as', seen.join(' '), '-', changed, 'of 1,000 amounts lose a cent');
})();
EOF
node probe.cjs
