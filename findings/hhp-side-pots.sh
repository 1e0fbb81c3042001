#!/usr/bin/env bash
# hhp 1.1.1 (PokerStars text), seen 2026-11-28.
# Guess:  what was collected in a hand is the sum of the `collect` entries of the parsed hand.
# Seen:   with two or more side pots the text numbers them ("from side pot-1"), and such lines are left out without an error; so is the
#         line of the summary that tells the pots. Four seats all in for 1,150 chips: 600 are collected. A single side pot,
#         which has no number, is there.
# Hurt:   a ledger or an import that adds up: hands with three stacks all in lose chips, always those of the deep seats that
#         won the side pots, so winnings of those who play deep come out too low.
# Do:     take the winnings from the summary's "won (...)", which is read; refuse a hand whose stakes and winnings do not agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts hhp@1.1.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { parseHand } = require('hhp');

const text = (annsStack, sideCollects, summaryOfPots) => `PokerStars Hand #1: Tournament #2, $0.91+$0.09 USD Hold'em No Limit - Level XI (50/100) - 2026/11/27 22:02:00 ET
Table '2 4' 9-max Seat #1 is the button
Seat 1: Ann (${annsStack} in chips)
Seat 2: Bob (400 in chips)
Seat 3: Cat (150 in chips)
Seat 4: Dan (500 in chips)
Bob: posts small blind 50
Cat: posts big blind 100
*** HOLE CARDS ***
Dan: raises 400 to 500 and is all-in
Ann: calls ${annsStack} and is all-in
Bob: calls 350 and is all-in
Cat: calls 50 and is all-in
Uncalled bet (100) returned to Dan
*** FLOP *** [Qd 7c 2s]
*** TURN *** [Qd 7c 2s] [Kd]
*** RIVER *** [Qd 7c 2s Kd] [9s]
*** SHOW DOWN ***
Dan: shows [Ah Ad] (a pair of Aces)
${sideCollects.join('\n')}
Cat: shows [9h 9c] (three of a kind, Nines)
Cat collected 600 from main pot
*** SUMMARY ***
Total pot ${summaryOfPots} | Rake 0
Board [Qd 7c 2s Kd 9s]
Seat 4: Dan showed [Ah Ad] and won (550) with a pair of Aces
`;
const collected = (hand) => hand.showdown.filter((entry) => entry.type === 'collect').reduce((sum, entry) => sum + entry.amount, 0);
const told = (hand) => hand.summary.some((entry) => entry.type === 'pot');

const one = parseHand(text(150, ['Dan collected 500 from side pot'], '1100 Main pot 600. Side pot 500.'));
const two = parseHand(
  text(200, ['Dan collected 400 from side pot-2', 'Dan collected 150 from side pot-1'], '1150 Main pot 600. Side pot-1 150. Side pot-2 400.'),
);
assert.deepEqual([collected(one), told(one)], [1100, true]);
assert.deepEqual([collected(two), told(two)], [600, false]);
assert.equal(two.summary.find((entry) => entry.player === 'Dan').amount, 550);
console.log('hhp 1.1.1: one side pot: collected', collected(one), 'of 1100 - two side pots:', collected(two), 'of 1150');
EOF
node probe.cjs
