#!/usr/bin/env bash
# @chevtek/poker-engine 1.2.14 (built, as on its install, with TypeScript 4.0.2), seen 2026-11-28.
# Guess:  with two players the button posts the small blind, acts first before the flop and last after it.
# Seen:   the blinds go on from the button as at a full table: the button posts the big blind, and the other seat, with the small one, acts
#         first on every street. The button has the last word four times in a hand.
# Hurt:   a duel of bots: position is worth more than in the game they are made for, and a chart for the button is asked in the wrong
#         seat. Swapping seats does not show it: the results stay even, only of another game.
# Do:     autoMoveDealer = false, and set the positions of both blinds before each dealCards(): the order is right then.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @chevtek/poker-engine@1.2.14 typescript@4.0.2 >/dev/null
npx tsc --project node_modules/@chevtek/poker-engine/tsconfig.json
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Table } = require('@chevtek/poker-engine');

/** Who acts first on each street of a hand in which all is called and checked. */
const play = (prepare) => {
  const table = new Table(1000, 5, 10);
  for (const name of ['Ann', 'Bob']) table.sitDown(name, 1000);
  prepare(table);
  table.dealCards();
  const first = {};
  while (table.currentRound) {
    const actor = table.currentActor;
    first[table.currentRound] ??= actor.id;
    if (actor.legalActions().includes('check')) actor.checkAction();
    else actor.callAction();
  }
  return { button: table.dealer.id, bigBlind: table.bigBlindPlayer.id, first: Object.values(first).join() };
};
const plain = play(() => {});
const mended = play((table) => {
  table.autoMoveDealer = false;
  [table.smallBlindPosition, table.bigBlindPosition] = [table.dealerPosition, 1 - table.dealerPosition];
});
assert.deepEqual(plain, { button: 'Ann', bigBlind: 'Ann', first: 'Bob,Bob,Bob,Bob' });
assert.deepEqual(mended, { button: 'Ann', bigBlind: 'Bob', first: 'Ann,Bob,Bob,Bob' });
console.log(`@chevtek/poker-engine 1.2.14: heads-up the button is ${plain.button}, the big blind ${plain.bigBlind}; first to act: ${plain.first}`);
EOF
node probe.cjs
