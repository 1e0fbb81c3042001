#!/usr/bin/env bash
# seed-shuffle 1.0.0, seen 2026-11-28.
# Guess:  shuffle(deck, i) and shuffle(deck, i + 1) have nothing in common.
# Seen:   the seed is a counter that goes up by one with each card drawn, so the next seed starts where this one has its second card. Dealt
#         from the end of the list, as with pop(), the second card of deal i is the first card of deal i + 1, or its
#         neighbour, in 975 of 1,000 deals, the third is the second, and so on. Seed 0 is seed 1.
# Hurt:   an arena that seeds deal i with i: in place of thousands of hands it plays a few, moved on by one seat. A bot that remembers the last
#         hand knows cards of this one.
# Do:     hash run and deal into the seed and use a generator with a state of its own; compare the decks of neighbouring seeds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts seed-shuffle@1.0.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { shuffle } = require('seed-shuffle');

const dealt = (seed) => shuffle(Array.from({ length: 52 }, (_, card) => card), seed).reverse();
const movedOn = (place) => {
  let deals = 0;
  for (let seed = 1; seed <= 1000; seed++) if (Math.abs(dealt(seed)[place + 1] - dealt(seed + 1)[place]) <= 1) deals++;
  return deals;
};
assert.deepEqual(dealt(0), dealt(1));
assert.equal(movedOn(0), 975);
assert.ok(movedOn(4) > 800, `fifth card: ${movedOn(4)}`);
const shown = (seed) => dealt(seed).slice(0, 9).join(' ');
console.log(`seed-shuffle 1.0.0: seed 7 deals ${shown(7)}, seed 8 ${shown(8)}; moved on by one: ${movedOn(0)} of 1,000`);
EOF
node probe.cjs
