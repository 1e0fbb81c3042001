#!/usr/bin/env bash
# simple-statistics 7.12.1, seen 2026-11-28.
# Guess:  cumulativeStdNormalProbability(z) is the normal distribution function, as exact for z = 5 as for z = 1.
# Seen:   it looks z up in a printed table that ends at 3.09 and answers 0.999 for everything beyond. No two-sided p can be smaller
#         than 0.002, and a z of 8 is no rarer than a z of 3.09.
# Hurt:   a round robin of twelve bots tests 66 pairings at 0.05 / 66 = 0.00076 each. No difference, however large, is ever found.
# Do:     take the tail from a function made for it (errorFunction of the same package is right to six digits here), or compare
#         z itself with the critical value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts simple-statistics@7.12.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { cumulativeStdNormalProbability, errorFunction } from 'simple-statistics';

const twoSided = (z) => Number((2 * (1 - cumulativeStdNormalProbability(z))).toFixed(6));
assert.deepEqual([1.96, 3.09, 4, 5, 8].map(twoSided), [0.05, 0.002, 0.002, 0.002, 0.002]);
assert.ok(twoSided(8) > 0.05 / 66, 'z = 8 passes a corrected test');
assert.ok(Math.abs(1 - errorFunction(5 / Math.SQRT2) - 5.733e-7) < 1e-10, 'errorFunction changed');
console.log('simple-statistics 7.12.1: two-sided p of z = 8 is', twoSided(8), '(right: 1.2e-15)');
EOF
node probe.mjs
