#!/usr/bin/env bash
# trueskill 0.0.2 with ts-trueskill 5.1.0 beside it, seen 2026-11-28.
# Guess:  ChanceOfWinning(a, b) of two skills [mu, sigma], as AdjustPlayers keeps them, is the chance that a wins under TrueSkill.
# Seen:   sigma is taken for a variance, and the luck of a single match (beta) is left out. Two newcomers ten points apart have 99.3 % for 77.6 %;
#         two bots that have settled 2 points apart at sigma 1.5 have 87.6 % for 62.5 %. AdjustPlayers is not wrong in this way.
# Hurt:   a matchmaker that skips pairs which look decided skips close ones, and who ends a test of two bots by that number
#         takes a lead of 62 % for a sure thing.
# Do:     hand it variances with beta in them: [mu, sigma ** 2 + beta ** 2] for each of the two, beta being a half of the first sigma.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts trueskill@0.0.2 ts-trueskill@5.1.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { ChanceOfWinning } = require('trueskill');
const { Rating, TrueSkill } = require('ts-trueskill');

const beta = 25 / 6;
const percent = (share) => Math.round(share * 1_000) / 10;
const chances = (a, b) => ({
  said: percent(ChanceOfWinning(a, b)),
  meant: percent(new TrueSkill().winProbability([new Rating(...a)], [new Rating(...b)])),
  mended: percent(ChanceOfWinning(...[a, b].map(([mu, sigma]) => [mu, sigma ** 2 + beta ** 2]))),
});
const newcomers = chances([30, 25 / 3], [20, 25 / 3]);
const settled = chances([27, 1.5], [25, 1.5]);
assert.deepEqual(newcomers, { said: 99.3, meant: 77.6, mended: 77.6 });
assert.deepEqual(settled, { said: 87.6, meant: 62.5, mended: 62.5 });
console.log(`trueskill 0.0.2: newcomers ${newcomers.said} % for ${newcomers.meant} %, settled bots ${settled.said} % for ${settled.meant} %`);
EOF
node probe.cjs
