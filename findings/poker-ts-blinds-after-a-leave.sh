#!/usr/bin/env bash
# poker-ts 1.5.0, seen 2026-11-28.
# Guess:  the big blind goes round seat by seat, also when a seat between has left: nobody pays it twice in a round, nobody is passed over.
# Seen:   the button goes to the next taken seat and the blinds follow it. Four seats, big blind at 2, then 3; seat 2 leaves, and the big
#         blind is at 1: seat 0 was next, and pays the small one. Seat 3, which has just paid the big one, is the button without its
#         small blind.
# Hurt:   a tournament of bots, where seats empty all the time: each elimination saves those beside it one or two blinds, which is what a
#         short stack lives on, and sits others on the button early. Placings lean by seat.
# Do:     startHand(button) with a button of your own: keep the big blind going round and put the button where that asks for it;
#         shuffle the seats of each tournament.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts poker-ts@1.5.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Table } = require('poker-ts');

/** Plays a hand in which all fold to the big blind, and tells who posted what. */
const playHand = (table, button) => {
  table.startHand(button);
  const bets = table.seats().map((seat) => seat?.betSize);
  const posts = { button: table.button(), small: bets.indexOf(5), big: bets.indexOf(10) };
  while (table.isBettingRoundInProgress()) table.actionTaken('fold');
  table.endBettingRound();
  table.showdown();
  return posts;
};
/** Two hands, then seat 2 leaves, then one more. */
const thirdHand = (button) => {
  const table = new Table({ smallBlind: 5, bigBlind: 10 });
  for (const seat of [0, 1, 2, 3]) table.sitDown(seat, 1000);
  const before = [playHand(table), playHand(table)];
  assert.deepEqual(before, [{ button: 0, small: 1, big: 2 }, { button: 1, small: 2, big: 3 }]);
  table.standUp(2);
  return playHand(table, button);
};
const plain = thirdHand();
const mended = thirdHand(1);
assert.deepEqual(plain, { button: 3, small: 0, big: 1 });
assert.deepEqual(mended, { button: 1, small: 3, big: 0 });
console.log('poker-ts 1.5.0: big blind at 2, at 3, seat 2 leaves:', JSON.stringify(plain), '- with the button kept:', JSON.stringify(mended));
EOF
node probe.cjs
