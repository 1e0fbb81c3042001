#!/usr/bin/env bash
# jsonlines 0.1.1, seen 2026-11-28.
# Guess:  a file of JSON lines is read as it was written, in whatever pieces the stream delivers it.
# Seen:   each piece is decoded for itself. A character of several bytes that lies across the end of a piece (every 64 KiB of a file) becomes
#         replacement marks, which are good JSON, so nothing is refused. In a file of 20,000 hands of one bot there are several bots.
# Hurt:   records with suit signs, or with bots' names that are not plain ASCII: a few lines of each file are changed, always the same, and a
#         strange player with one hand stands in the table.
# Do:     give the source an encoding (createReadStream(file, 'utf8')), which keeps characters whole; ndjson needs no such care.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts jsonlines@0.1.1 ndjson@2.0.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createReadStream, writeFileSync } from 'node:fs';
import jsonlines from 'jsonlines';
import ndjson from 'ndjson';

const hands = Array.from({ length: 20_000 }, (_, hand) => JSON.stringify({ bot: 'Пиковая дама', hand }));
writeFileSync('hands.jsonl', `${hands.join('\n')}\n`);

const bots = async (source, parser) => {
  const found = new Map();
  for await (const { bot } of source.pipe(parser)) found.set(bot, (found.get(bot) ?? 0) + 1);
  return found;
};
const plain = await bots(createReadStream('hands.jsonl'), jsonlines.parse());
const encoded = await bots(createReadStream('hands.jsonl', 'utf8'), jsonlines.parse());
const other = await bots(createReadStream('hands.jsonl'), ndjson.parse());
for (const found of [encoded, other]) assert.deepEqual([...found], [['Пиковая дама', 20_000]]);
const strange = [...plain.keys()].filter((bot) => bot !== 'Пиковая дама');
assert.ok(strange.length > 0 && strange.every((bot) => bot.includes('\ufffd')), strange.join());
console.log('jsonlines 0.1.1: bots in a file of one bot:', [...plain].map(([bot, count]) => `${bot} ${count}`).join(', '));
EOF
node probe.mjs
