#!/usr/bin/env bash
# mann-whitney-utest 1.0.5, seen 2026-11-28.
# Guess:  significant(u, samples) is the usual test at five per cent, by tables or by the normal form that criticalValue() computes.
# Seen:   it says yes when the smaller U is below z, two numbers of unlike kind. Two results against two better ones are "significant" (exact
#         p = 0.33), so is one against one. With dozens it never says yes: 40 against 40 results that lie seven standard errors apart
#         (p about 1e-13) are "not significant".
# Hurt:   whoever compares two bots by their matches: after the first match the winner is better, after a season nobody is.
# Do:     take U and z from the package (both are right) and compare z with 1.96.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts mann-whitney-utest@1.0.5 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { criticalValue, significant, test } = require('mann-whitney-utest');

const results = (count, from) => Array.from({ length: count }, (_, index) => from + index);
const seen = (a, b) => {
  const u = test([a, b]);
  return { z: Number(criticalValue(u, [a, b]).toFixed(1)), significant: significant(u, [a, b]) };
};
const oneEach = seen([-3], [12]);
const twoEach = seen([-3, 1], [4, 12]);
const fortyEach = seen(results(40, 0), results(40, 31.5));
assert.deepEqual(oneEach, { z: 1, significant: true });
assert.deepEqual(twoEach, { z: 1.5, significant: true });
assert.deepEqual(fortyEach, { z: 7.4, significant: false });
console.log('mann-whitney-utest 1.0.5: 2 against 2:', JSON.stringify(twoEach), '- 40 against 40:', JSON.stringify(fortyEach));
EOF
node probe.cjs
