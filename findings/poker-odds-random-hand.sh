#!/usr/bin/env bash
# poker-odds 1.0.1, seen 2026-11-28.
# Guess:  calculateEquity([['As', 'Kd'], ['..', '..']], board, 100000) plays the random hand often enough on any board, as it does before the flop.
# Seen:   from the flop on the iterations are not used: each way to finish the board is played once, with one random hand. On the river that is
#         a single show-down: the answer is 0 or 100 % (50 for a tie), and another one at the next call; on the turn there are 46.
#         Where the right answer is 38 %, forty calls say nothing but these.
# Hurt:   a bot that asks for its strength against an unknown hand on the river: it is told "the nuts" or "nothing" by a coin.
# Do:     go through the possible hands yourself and add up the counts (990 on the river, each exact and quick).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts poker-odds@1.0.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { calculateEquity } = require('poker-odds');

const hand = ['As', 'Kd'];
const board = ['2h', '7d', '9c', 'Jc', '3s'];
const share = ([{ wins, ties, count }]) => (wins + ties / 2) / count;
const asked = Array.from({ length: 40 }, () => calculateEquity([hand, ['..', '..']], board, 100_000));
assert.ok(asked.every(([{ count }]) => count === 1));
const answers = new Set(asked.map(share));
assert.ok(answers.has(0) && answers.has(1), [...answers].join());

const cards = [...'23456789TJQKA'].flatMap((rank) => [...'shdc'].map((suit) => rank + suit));
const unseen = cards.filter((card) => !hand.includes(card) && !board.includes(card));
const others = unseen.flatMap((first, index) => unseen.slice(index + 1).map((second) => [first, second]));
const right = others.reduce((sum, other) => sum + share(calculateEquity([hand, other], board)), 0) / others.length;
assert.equal(others.length, 990);
assert.ok(Math.abs(right - 0.376) < 0.001, String(right));
console.log('poker-odds 1.0.1: As Kd against a random hand on the river:', [...answers].sort().join(' or '), '- right:', right.toFixed(3));
EOF
node probe.cjs
