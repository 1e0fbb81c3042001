#!/usr/bin/env bash
# statistics.js 1.0.0, seen 2026-11-28.
# Guess:  the larger a difference, the smaller its p: mannWhitneyU() of two bots' results falls towards zero with more deals.
# Seen:   it falls to about z = 4.5 and rises from there. Its normal distribution is a sum that stops too early, so P(below 8) is 0.55. The
#         same two bots, apart by a third of the range: p = 0.0032 for 20 deals each, 0.34 for 100, and 1 for 300, where z is -11.8.
# Hurt:   whoever lets the duel run longer to be sure: the clearest differences are reported as none at all.
# Do:     the z it reports is right: compare that with a critical value, or take the tail from a function made for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts statistics.js@1.0.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const Statistics = require('statistics.js');

const compare = (deals) => {
  const ahead = Math.floor(deals / 3) + 0.5;
  const rows = Array.from({ length: deals }, (_, index) => [
    { bot: 'A', score: index },
    { bot: 'B', score: index + ahead },
  ]).flat();
  const { zScore, pTwoTailed } = new Statistics(rows, { bot: 'nominal', score: 'interval' }).mannWhitneyU('bot', 'score');
  return { z: Number(zScore.toFixed(1)), p: Number(pTwoTailed.toFixed(4)) };
};
const seen = { 20: compare(20), 100: compare(100), 300: compare(300) };
assert.deepEqual(seen, { 20: { z: -2.9, p: 0.0032 }, 100: { z: -6.8, p: 0.3449 }, 300: { z: -11.8, p: 1 } });
const normal = new Statistics([{ bot: 1 }], { bot: 'interval' });
assert.deepEqual([3, 4.5, 8].map((z) => normal.normalCumulativeValue(z)), [0.99865, 0.99998, 0.55224]);
console.log('statistics.js 1.0.0: 20, 100 and 300 deals each:', JSON.stringify(seen));
EOF
node probe.cjs
