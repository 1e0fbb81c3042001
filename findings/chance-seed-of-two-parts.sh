#!/usr/bin/env bash
# chance 1.1.13, seen 2026-11-28.
# Guess:  new Chance('run 7', 'deal 12') mixes its parts, so other runs and deals are other streams.
# Seen:   each text is reduced to a small number and the numbers are added up with weights. Of 100 runs of 100 deals, more than half of the
#         10,000 pairs start a stream that another pair has started already. The same parts joined to one text never meet.
# Hurt:   an arena that seeds by run and deal: half of its "new" deals repeat decks. Repeats are not independent, so the interval is
#         too narrow and a stopping rule stops too early.
# Do:     join the parts to one text, or hash them; count the distinct decks of a run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts chance@1.1.13 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const Chance = require('chance');

const distinct = (chanceOf) => {
  const decks = new Set();
  for (let run = 0; run < 100; run++)
    for (let deal = 0; deal < 100; deal++) {
      const chance = chanceOf(`run${run}`, `deal${deal}`);
      decks.add(Array.from({ length: 9 }, () => chance.integer({ min: 0, max: 51 })).join());
    }
  return decks.size;
};
const two = distinct((run, deal) => new Chance(run, deal));
const one = distinct((run, deal) => new Chance(`${run} ${deal}`));
assert.equal(two, 4569);
assert.equal(one, 10_000);
console.log('chance 1.1.13: different decks of 10,000 seeds in two parts:', two, '- joined to one text:', one);
EOF
node probe.cjs
