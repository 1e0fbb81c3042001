#!/usr/bin/env bash
# poker-odds-calculator 0.4.0, seen 2026-11-28.
# Guess:  getEquity() is the share of the pot: wins and, for a tie, the seat's part of it.
# Seen:   it is the chance to win alone, in whole per cent. Ac Kd against Ah Ks on a board of three suits is a split in all 990
#         run-outs: each has an equity of 0 %. The ties stand in another call, getTiePercentage().
# Hurt:   all-in results with the luck taken out: each of these hands books half the pot as lost for both players, and the two
#         sides no longer add up to zero.
# Do:     compute it from the counts that each entry carries: (2 * bestHandCount + tieHandCount) / (2 * possibleHandsCount)
#         for two players; for three or more the counts do not tell how many shared a tie.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts poker-odds-calculator@0.4.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { CardGroup, OddsCalculator } from 'poker-odds-calculator';

const hands = ['AcKd', 'AhKs'].map((cards) => CardGroup.fromString(cards));
const { equities } = OddsCalculator.calculate(hands, CardGroup.fromString('Qd7c2s'));
const seen = equities.map((entry) => ({
  equity: entry.getEquity(),
  ties: entry.getTiePercentage(),
  fromCounts: (2 * entry.bestHandCount + entry.tieHandCount) / (2 * entry.possibleHandsCount),
}));
assert.deepEqual(seen, [
  { equity: 0, ties: 100, fromCounts: 0.5 },
  { equity: 0, ties: 100, fromCounts: 0.5 },
]);
console.log('poker-odds-calculator 0.4.0: equity of AcKd against AhKs on Qd7c2s:', seen[0].equity, '% (right: 50 %)');
EOF
node probe.mjs
