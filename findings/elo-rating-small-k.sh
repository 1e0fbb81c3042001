#!/usr/bin/env bash
# elo-rating 1.0.1 and arpad 2.0.0, seen 2026-11-28.
# Guess:  both keep whole numbers, and over thousands of matches the roundings cancel out.
# Seen:   they do not. With the small K that long seasons use (4), a bot that wins 60 of 100 matches against one opponent should
#         lie about 70 points ahead. elo-rating cuts the change off instead of rounding it: a favourite's win of 1.9 points counts 1,
#         its loss of 2.1 counts 2, and it settles below 10. arpad rounds, and settles at 85. With K = 20 or more both are near 70.
# Hurt:   a season's table: two bots a class apart are shown as equal, or the lead is too large, and which of the two depends on
#         the library.
# Do:     keep ratings as floating-point numbers and round where they are printed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts elo-rating@1.0.1 arpad@2.0.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const EloRating = require('elo-rating');
const Arpad = require('arpad');

const K = 4;
const matches = 40_000;
const settled = 10_000;
const arpad = new Arpad(K);

let state = 5;
const chance = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

const players = {
  'elo-rating': ([a, b], won) => {
    const next = EloRating.calculate(a, b, won, K);
    return [next.playerRating, next.opponentRating];
  },
  arpad: ([a, b], won) =>
    won ? [arpad.newRatingIfWon(a, b), arpad.newRatingIfLost(b, a)] : [arpad.newRatingIfLost(a, b), arpad.newRatingIfWon(b, a)],
  unrounded: ([a, b], won) => {
    const step = K * ((won ? 1 : 0) - 1 / (1 + 10 ** ((b - a) / 400)));
    return [a + step, b - step];
  },
};
const ratings = Object.fromEntries(Object.keys(players).map((name) => [name, [1500, 1500]]));
const sums = Object.fromEntries(Object.keys(players).map((name) => [name, 0]));
for (let match = 0; match < matches; match++) {
  const won = chance() < 0.6;
  for (const [name, rate] of Object.entries(players)) {
    ratings[name] = rate(ratings[name], won);
    if (match >= settled) sums[name] += ratings[name][0] - ratings[name][1];
  }
}
const lead = (name) => Math.round(sums[name] / (matches - settled));
const seen = Object.fromEntries(Object.keys(players).map((name) => [name, lead(name)]));
assert.ok(Math.abs(seen.unrounded - 70.4) < 3, JSON.stringify(seen));
assert.ok(seen['elo-rating'] < 20, JSON.stringify(seen));
assert.ok(seen.arpad > 78, JSON.stringify(seen));
console.log('60 wins of 100 at K = 4, mean lead (right: 70):', JSON.stringify(seen));
EOF
node probe.cjs
