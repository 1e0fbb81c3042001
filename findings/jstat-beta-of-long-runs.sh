#!/usr/bin/env bash
# jstat 1.9.6, seen 2026-11-28.
# Guess:  beta.cdf(x, wins + 1, losses + 1), the usual "chance that this bot wins at most x of its pairs", is good for any counts.
# Seen:   near the middle its continued fraction stops before it has settled. For as many wins as losses the answer must be 0.5: it is
#         0.5 up to some hundred thousand, 0.44 for a million wins, 0.19 for four million, and below zero for a hundred million.
#         One standard error from the middle it is right again.
# Hurt:   an arena whose core plays a million hands a second: for two equal bots the report says, with four chances in five, that
#         one of them is better.
# Do:     from a hundred thousand pairs on use the normal form (normal.cdf of the same package is right), and test a
#         distribution function where symmetry tells the answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts jstat@1.9.6 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { jStat } = require('jstat');

const atMostHalf = (wins) => Number(jStat.beta.cdf(0.5, wins, wins).toFixed(3));
assert.deepEqual([500, 50_000, 1_000_000, 4_000_000, 100_000_000].map(atMostHalf), [0.5, 0.5, 0.44, 0.189, -2.498]);
assert.ok(Math.abs(jStat.normal.cdf(-5, 0, 1) - 2.8665e-7) < 1e-10, 'normal.cdf changed');
console.log('jstat 1.9.6: P(at most half) of an even score:', atMostHalf(4_000_000), 'at 4e6 wins,', atMostHalf(100_000_000), 'at 1e8 (right: 0.5)');
EOF
node probe.cjs
