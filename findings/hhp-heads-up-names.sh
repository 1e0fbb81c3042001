#!/usr/bin/env bash
# hhp 1.1.1 (PokerStars text), seen 2026-11-28.
# Guess:  `player` in the summary of a parsed hand is the player's name, as in the seats and the actions.
# Seen:   heads-up the button is also the small blind, and the summary names both: "Seat 1: Ann (button) (small blind) showed". One of the two is
#         cut off, the other stays in the name: "Ann (button)". Three-handed the names are whole.
# Hurt:   whoever sums up by the summary, which is where "won (...)" stands: a duel of two has three players, and each half of a bot's hands
#         is booked under another name, the half it plays on the button.
# Do:     take the name from `seats` by `seatno`, which each entry of a player has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts hhp@1.1.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { parseHand } = require('hhp');

const text = (seats, blinds, action, summary) => `PokerStars Hand #1: Hold'em No Limit ($1/$2 USD) - 2026/11/27 22:02:00 ET
Table 'Alpha' 6-max Seat #1 is the button
${seats.map((name, index) => `Seat ${index + 1}: ${name} ($200 in chips)`).join('\n')}
${blinds[0]}: posts small blind $1
${blinds[1]}: posts big blind $2
*** HOLE CARDS ***
${action}
*** SUMMARY ***
Total pot $4 | Rake $0
${summary.join('\n')}
`;
const duel = parseHand(
  text(['Ann', 'Bob'], ['Ann', 'Bob'], 'Ann: raises $4 to $6\nBob: folds\nUncalled bet ($4) returned to Ann\nAnn collected $4 from pot', [
    'Seat 1: Ann (button) (small blind) collected ($4)',
    'Seat 2: Bob (big blind) folded before Flop',
  ]),
);
const three = parseHand(
  text(['Ann', 'Bob', 'Cat'], ['Bob', 'Cat'], 'Ann: folds\nBob: raises $4 to $6\nCat: folds\nUncalled bet ($4) returned to Bob\nBob collected $4 from pot', [
    "Seat 1: Ann (button) folded before Flop (didn't bet)",
    'Seat 2: Bob (small blind) collected ($4)',
    'Seat 3: Cat (big blind) folded before Flop',
  ]),
);
const names = (hand) => hand.summary.filter((entry) => entry.player).map((entry) => entry.player);
assert.deepEqual(names(three), ['Ann', 'Bob', 'Cat']);
assert.deepEqual(names(duel), ['Ann (button)', 'Bob']);
assert.deepEqual(duel.seats.map((seat) => seat.player), ['Ann', 'Bob']);
console.log('hhp 1.1.1: summary of a duel names', names(duel).join(', '), '- of three', names(three).join(', '));
EOF
node probe.cjs
