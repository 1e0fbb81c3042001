#!/usr/bin/env bash
# pokersolver 2.1.4, seen 2026-11-28.
# Guess:  Hand.solve() reads the cards that it prints: toString() of a card is its name.
# Seen:   it prints a ten as 10h and reads only Th. In 10h the first two characters are the rank and the suit: the low ace "1", of a suit named "0".
#         Nothing throws. A pair of tens that went through its own text loses to fives ("Pair, 1's"), and a royal flush is ace high.
#         The other twelve ranks come back as they were.
# Hurt:   whoever stores hands as this package prints them, or feeds it cards of the many lists that write 10: one hand in four
#         holds or meets a ten, and is judged wrong without a word.
# Do:     replace 10 by T in whatever goes in; assert that the deck it reads has thirteen ranks and four suits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts pokersolver@2.1.4 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Hand } = require('pokersolver');

const solved = (text) => Hand.solve(text.split(' '));
const again = (hand) => Hand.solve(hand.cards.map(String));
const royal = solved('Ah Kh Qh Jh Th');
const tens = solved('Th Td 9c 4s 2h');
const fives = solved('5h 5d 9c 4s 2h');
assert.deepEqual([tens.descr, royal.descr], ["Pair, 10's", 'Royal Flush']);
assert.deepEqual(tens.cards.map(String), ['10h', '10d', '9c', '4s', '2h']);
assert.deepEqual([again(tens).descr, again(fives).descr], ["Pair, 1's", "Pair, 5's"]);
assert.equal(again(royal).descr, 'A High');
assert.deepEqual(Hand.winners([tens, fives]), [tens]);
const [winner] = Hand.winners([again(tens), again(fives)]);
assert.equal(winner.descr, "Pair, 5's");
console.log(`pokersolver 2.1.4: ${royal.descr} (${royal.cards.join(' ')}), read back: ${again(royal).descr}; tens against fives, read back: ${winner.descr} wins`);
EOF
node probe.cjs
