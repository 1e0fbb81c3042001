#!/usr/bin/env bash
# prando 6.0.1, seen 2026-11-28.
# Guess:  new Prando(1), new Prando(2), ... give unlike streams, so `nextInt(0, 51)` of each is a fair first card.
# Seen:   the first draw hardly depends on a small whole number: seeds 1 to 1,000 give four different first cards, 26 to 29.
#         The second draw takes all 52 values; text seeds are spread from the first draw on.
# Hurt:   an arena that seeds deal i with i: in each of a thousand deals the first seat's first card is one of four. The bots are
#         compared on a deck that does not exist, and duplicate play does not help, since both legs have it.
# Do:     seed with text that holds run and deal, or call skip(1) first; look at the first cards of many seeds, not at many cards of one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts prando@6.0.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const prando = require('prando');
const Prando = prando.default ?? prando;

const deals = Array.from({ length: 1000 }, (_, index) => index + 1);
const cards = (seedOf, draw) => {
  const drawn = deals.map((deal) => {
    const random = new Prando(seedOf(deal));
    random.skip(draw);
    return random.nextInt(0, 51);
  });
  return [...new Set(drawn)].sort((a, b) => a - b);
};
assert.deepEqual(cards((deal) => deal, 0), [26, 27, 28, 29]);
assert.equal(cards((deal) => deal, 1).length, 52);
assert.equal(cards((deal) => `run 42, deal ${deal}`, 0).length, 52);
console.log('prando 6.0.1: first cards of the seeds 1 to 1,000:', cards((deal) => deal, 0).join(', '));
EOF
node probe.cjs
