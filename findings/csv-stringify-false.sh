#!/usr/bin/env bash
# csv-stringify 6.9.0 (papaparse 5.7.1 beside it), seen 2026-11-28.
# Guess:  a yes or no is written as true and false, as JSON, Papa Parse and DuckDB write it.
# Seen:   true is written as 1 and false as nothing at all: the same empty field as null and undefined. What is read back has "won" and "unknown"
#         where it had won, lost and unknown.
# Hurt:   a table of hands with `showdown`, `won` or `timedOut`: readers take empty for missing, so "lost" drops out of the mean and a share of
#         0.4 is 1. DuckDB makes a whole-number column of it, and `count(won)` counts the wins alone.
# Do:     cast: { boolean: (value) => (value ? 'true' : 'false') } in the options.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts csv-stringify@6.9.0 papaparse@5.7.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { stringify } from 'csv-stringify/sync';
import Papa from 'papaparse';

const hands = [true, false, true, false, false, null].map((won, hand) => ({ hand, won }));
const written = stringify(hands);
assert.equal(written, '0,1\n1,\n2,1\n3,\n4,\n5,\n');
assert.equal(Papa.unparse(hands, { header: false, newline: '\n' }), '0,true\n1,false\n2,true\n3,false\n4,false\n5,');
assert.equal(stringify(hands, { cast: { boolean: (value) => String(value) } }), '0,true\n1,false\n2,true\n3,false\n4,false\n5,\n');
const known = Papa.parse(written.trim(), { dynamicTyping: true }).data.map(([, won]) => won).filter((won) => won !== null);
const share = known.filter(Boolean).length / known.length;
assert.equal(share, 1);
console.log('csv-stringify 6.9.0: won, lost, unknown are', JSON.stringify([0, 1, 5].map((row) => written.split('\n')[row])), '- a share of 2 in 5 is read back as', share);
EOF
node probe.mjs
