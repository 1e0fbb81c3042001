#!/usr/bin/env bash
# @chevtek/poker-engine 1.2.14 (built, as on its install, with TypeScript 4.0.2), seen 2026-11-28.
# Guess:  a raise all in for less than a full raise does not reopen the betting, but whoever stays in has to call it.
# Seen:   nobody is asked. Dan raises to 100, two seats fold, Cat goes all in for 140 in all: the hand runs to its end at once. Dan has put in
#         100 and can win all of the pot of 245, Cat's last 40 included; if Cat wins, she gets nothing for those 40. All in for
#         240, a full raise, Dan is asked.
# Hurt:   an arena built on it: short stacks that push are called for less than their push, so pushing pays less, and calling more, than
#         it does anywhere else; chips are conserved, so no sum shows it.
# Do:     assert at the end of each street that those who are neither folded nor all in have put in the same.
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

const push = (catsStack) => {
  const table = new Table(100, 5, 10);
  for (const [name, stack] of [['Ann', 1000], ['Bob', 1000], ['Cat', catsStack], ['Dan', 1000]]) table.sitDown(name, stack);
  table.dealCards();
  const names = [];
  const act = (move) => {
    names.push(table.currentActor.id);
    move(table.currentActor);
  };
  act((dan) => dan.raiseAction(100));
  act((ann) => ann.foldAction());
  act((bob) => bob.foldAction());
  act((cat) => cat.raiseAction(cat.stackSize));
  assert.deepEqual(names, ['Dan', 'Ann', 'Bob', 'Cat']);
  const [pot] = table.pots;
  return { asked: table.currentActor?.id, pot: pot.amount, playedFor: pot.eligiblePlayers.map((player) => player.id).sort().join() };
};
const full = push(240);
const short = push(140);
assert.equal(full.asked, 'Dan');
assert.deepEqual(short, { asked: undefined, pot: 140 + 100 + 5, playedFor: 'Cat,Dan' });
console.log(`@chevtek/poker-engine 1.2.14: over 100, all in for 240: ${full.asked} is asked - for 140: nobody is, both play for ${short.pot}`);
EOF
node probe.cjs
