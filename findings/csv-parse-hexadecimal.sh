#!/usr/bin/env bash
# csv-parse 7.0.3, seen 2026-11-28.
# Guess:  `cast: true` makes numbers of what are numbers and leaves the rest as text.
# Seen:   what counts as a number (0x1F) is not what reads it: the reader stops at the x. Every text in hexadecimal, binary or octal form is 0: the
#         seeds 0x5EED and 0xBEEF, a bot 0x1F and a bot 0x2A. Nothing is reported.
# Hurt:   a replay from a CSV of seeds or an address list of bots by hexadecimal id: all matches are played with seed 0, all bots are one, and the
#         file looks right in every editor.
# Do:     a cast function of your own for the columns that are numbers; ids are texts in every record.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts csv-parse@7.0.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const text = 'match,seed,net\n0x1F,0x5EED,12\n0x2A,0xBEEF,-7.5\n0x3C,0b1011,0\n';
const plain = parse(text, { columns: true });
assert.deepEqual(plain.map(({ seed }) => Number(seed)), [0x5eed, 0xbeef, 0b1011]);
const seen = parse(text, { columns: true, cast: true }).map(({ match, seed, net }) => [match, seed, net]);
assert.deepEqual(seen, [[0, 0, 12], [0, 0, -7.5], [0, 0, 0]]);
console.log('csv-parse 7.0.3: with cast the matches 0x1F, 0x2A, 0x3C and the seeds', plain.map(({ seed }) => seed).join(', '), 'are all', seen[0][1]);
EOF
node probe.mjs
