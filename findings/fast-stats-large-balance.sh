#!/usr/bin/env bash
# fast-stats 0.0.7, seen 2026-11-28.
# Guess:  the deviation of a list is the same when everything in it is moved up by one amount.
# Seen:   it is taken from the sum of the squares less the square of the sum, so the digits run out: -3, -1, 0, 1, 3 above a hundred million have a deviation of
#         1.6 for 2, above a thousand million of 0, and moe(), the margin of error, is 0, too. Times in milliseconds are above that from the start.
# Hurt:   a bankroll of play chips, or arrival times: "no risk", a margin of 0 round the mean, and whoever divides by the deviation divides by 0. Small
#         results, as in the tests, are right.
# Do:     subtract the first value before push(); simple-statistics and d3 give 2 for the same list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts fast-stats@0.0.7 simple-statistics@7.12.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Stats } = require('fast-stats');
const { standardDeviation } = require('simple-statistics');

const steps = [-3, -1, 0, 1, 3];
const seen = {};
for (const start of [0, 1_000_000, 100_000_000, 1_000_000_000]) {
  const list = steps.map((step) => start + step);
  assert.equal(standardDeviation(list), 2);
  const stats = new Stats().push(list);
  seen[start] = [stats.stddev(), Number(stats.moe().toFixed(2))];
}
assert.deepEqual(seen, { 0: [2, 1.75], 1_000_000: [2, 1.75], 100_000_000: [1.6, 1.4], 1_000_000_000: [0, 0] });
console.log('fast-stats 0.0.7: deviation and margin of -3, -1, 0, 1, 3 above a start:', JSON.stringify(seen));
EOF
node probe.cjs
