#!/usr/bin/env bash
# poker-ts 1.5.0, seen 2026-11-28.
# Guess:  driven by the loop of its own README, a table pays each pot to the best hand that has a stake in it, so chips are conserved.
# Seen:   stacks 500, 300 and 20; a raise to 60, two calls (one for 20, all in), then checks. When the short seat holds the best hand the main pot of
#         60 goes to nobody: the seat leaves the table and 760 of 820 chips are left. winners() names it all the same.
# Hurt:   whoever takes this table as an oracle or as the referee of an arena: the loss falls on short stacks only, so results
#         lean towards bots that play deep.
# Do:     assert after each hand that the stacks add up to what they were before; use it for speed comparisons on such hands only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts poker-ts@1.5.0 phe@0.6.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const phe = require('phe');
const { Table } = require('poker-ts');

const stacks = [500, 300, 20];
const short = 2;
const text = (card) => card.rank + card.suit[0];

// The table shuffles with Math.random: seeded, so that the same sixty hands are dealt each time.
let state = 1;
Math.random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

function play() {
  const table = new Table({ smallBlind: 5, bigBlind: 10 });
  stacks.forEach((stack, seat) => table.sitDown(seat, stack));
  table.startHand();
  const hole = table.holeCards();
  const script = [['raise', 60], ['call'], ['call']];
  while (table.isHandInProgress()) {
    while (table.isBettingRoundInProgress()) table.actionTaken(...(script.shift() ?? ['check']));
    table.endBettingRound();
    if (table.areBettingRoundsCompleted()) {
      const board = table.communityCards();
      const ranks = hole.slice(0, 3).map((cards) => phe.evaluateCards([...cards, ...board].map(text)));
      table.showdown();
      const left = table.seats().reduce((sum, seat) => sum + (seat?.totalChips ?? 0), 0);
      const named = table.winners()[0]?.[0]?.[0];
      return { left, named, shortWinsAlone: ranks[short] < Math.min(...ranks.slice(0, short)), tied: new Set(ranks).size < 3 };
    }
  }
}

const hands = Array.from({ length: 60 }, play).filter((hand) => !hand.tied);
const won = hands.filter((hand) => hand.shortWinsAlone);
const lost = hands.filter((hand) => !hand.shortWinsAlone);
assert.ok(won.length >= 10 && lost.length >= 10);
assert.deepEqual([...new Set(won.map((hand) => hand.left))], [760]);
assert.deepEqual([...new Set(won.map((hand) => hand.named))], [short]);
assert.deepEqual([...new Set(lost.map((hand) => hand.left))], [820]);
console.log('poker-ts 1.5.0: 820 chips become 760 in each of', won.length, 'hands that the short all-in seat wins');
EOF
node probe.cjs
