#!/usr/bin/env bash
# just-percentile 4.2.0, seen 2026-11-28.
# Guess:  percentile(results, 0.5) looks at the list and returns a number.
# Seen:   it sorts the list it was given, in place. The packages percentile and stats-percentile leave the order alone.
# Hurt:   results that belong together by their place, deal i of one bot and deal i of the other: once the medians of both were printed, the best
#         of one stands beside the best of the other. The mean difference is what it was, its spread is a fraction, and a test says
#         that the bots differ.
# Do:     percentile([...results], 0.5); freeze lists whose order matters, then it throws.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts just-percentile@4.2.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const percentile = require('just-percentile');

const first = [12, -30, 4, 55, -8];
const second = [-9, 26, -1, -60, 2];
const differences = () => first.map((result, deal) => result - second[deal]);
const before = differences();
const medians = [first, second].map((results) => percentile(results, 0.5));
const after = differences();
assert.deepEqual(medians, [4, -1]);
assert.deepEqual(before, [21, -56, 5, 115, -10]);
assert.deepEqual(after, [30, 1, 5, 10, 29]);
assert.throws(() => percentile(Object.freeze([2, 1, 3]), 0.5), TypeError);
console.log('just-percentile 4.2.0: differences by deal:', before.join(', '), '- after both medians were asked for:', after.join(', '));
EOF
node probe.cjs
