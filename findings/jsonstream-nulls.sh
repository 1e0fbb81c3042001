#!/usr/bin/env bash
# JSONStream 1.3.5, seen 2026-11-28.
# Guess:  parse('*') hands over the elements of a list, each of them, in their order.
# Seen:   null is left out without a word, so what follows moves up by one. 0, false and '' come through.
# Hurt:   lists that belong together by place: starting and finishing stacks by seat, results by hand with null for one that was cancelled, hole
#         cards of which some are unknown. Seat 3 gets the result of seat 4, and a mean over "all hands" leaves out what was null on purpose.
# Do:     stream whole objects with their own seat or hand number in them, or emitKey (the key is right), or another parser (stream-json).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts JSONStream@1.3.5 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Readable } = require('node:stream');
const JSONStream = require('JSONStream');

const elementsOf = (path, value) =>
  new Promise((resolve, reject) => {
    const elements = [];
    Readable.from([JSON.stringify(value)])
      .pipe(JSONStream.parse(path))
      .on('data', (element) => elements.push(element))
      .on('error', reject)
      .on('end', () => resolve(elements));
  });

(async () => {
  assert.deepEqual(await elementsOf('*', [5, 0, false, '']), [5, 0, false, '']);
  const netBySeat = [-10, null, 0, 10];
  const seen = await elementsOf('seats.*', { seats: netBySeat });
  assert.deepEqual(seen, [-10, 0, 10]);
  const keyed = await elementsOf('seats.$*', { seats: netBySeat });
  assert.deepEqual(keyed.map(({ key }) => key), [0, 2, 3]);
  console.log('JSONStream 1.3.5:', JSON.stringify(netBySeat), 'arrives as', JSON.stringify(seen), '- the seat that won 10 is seat', seen.indexOf(10));
})();
EOF
node probe.cjs
