#!/usr/bin/env bash
# open-hand-tracker 1.0.9 (Open Hand History), seen 2026-11-28.
# Guess:  calculateWinningAmount(player) is what the winner of an uncontested pot collects: the pot less the bet that nobody called.
# Seen:   all that the winner put in is set against the largest single action of the others. 30 each before the flop, a bet of 60
#         called there, then a bet of 150 on the turn and a fold: the pot to collect is 180, and the answer is 150. It is right only
#         where the others put chips in once, as when a raise takes the blinds.
# Hurt:   `win_amount` of most hands that end by a fold after the flop: chips vanish from the file, and trackers that
#         check pots refuse it or show a loss.
# Do:     pot = all stakes less (deepest stake - next deepest), stakes summed over the whole hand, folded seats and antes included.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts open-hand-tracker@1.0.9 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { OpenHandHistory } = require('open-hand-tracker');

const ann = 0;
const bob = 1;
const street = (id, name, actions) => ({
  id,
  street: name,
  cards: [],
  actions: actions.map(([player_id, action, amount], index) => ({ action_number: index + 1, player_id, action, amount })),
});
const preflop = street(0, 'Preflop', [[ann, 'Post SB', 5], [bob, 'Post BB', 10], [ann, 'Raise', 25], [bob, 'Call', 20]]);
const flopCalled = street(1, 'Flop', [[bob, 'Check', 0], [ann, 'Bet', 60], [bob, 'Call', 60]]);
const turnFolded = street(2, 'Turn', [[bob, 'Check', 0], [ann, 'Bet', 150], [bob, 'Fold', 0]]);
const blindsTaken = street(0, 'Preflop', [[ann, 'Post SB', 5], [bob, 'Post BB', 10], [ann, 'Raise', 25], [bob, 'Fold', 0]]);

const collects = (...rounds) => {
  const hand = new OpenHandHistory({ tableSize: 2, smallBlindAmount: 5, bigBlindAmount: 10 });
  for (const [id, name] of [[ann, 'Ann'], [bob, 'Bob']]) hand.addPlayer({ id, name, seat: id + 1, starting_stack: 1000 });
  for (const round of rounds) hand.addRound(round);
  return hand.calculateWinningAmount(ann);
};
const stakes = [5 + 25 + 60 + 150, 10 + 20 + 60];
const pot = stakes[0] + stakes[1] - (stakes[0] - stakes[1]);
assert.equal(pot, 180);
assert.equal(collects(preflop, flopCalled, turnFolded), 150);
assert.equal(collects(blindsTaken), 20);
console.log('open-hand-tracker 1.0.9: a pot of 180 is collected as', collects(preflop, flopCalled, turnFolded));
EOF
node probe.cjs
