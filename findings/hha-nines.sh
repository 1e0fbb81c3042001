#!/usr/bin/env bash
# hha 0.7.1 with hhp 1.1.1 (PokerStars text), seen 2026-11-28.
# Guess:  the cards of an analyzed player are sorted, the higher one first, so that both deals of a hand give one class.
# Seen:   its list of ranks has no nine, and what is not in the list counts as the lowest: nine-deuce is "2 9", however it was dealt, and
#         nine-eight "8 9". Every other hand has its higher card first.
# Hurt:   a chart of starting hands by class: 98s to 92s are missing ("never played"), and a lookup in a table of 169 classes
#         finds nothing for them or falls into a default.
# Do:     sort the two cards yourself; count that all 169 classes come up in a long run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts hha@0.7.1 hhp@1.1.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const analyze = require('hha');
const { parseHand } = require('hhp');

const text = (cards) => `PokerStars Hand #1: Hold'em No Limit ($1/$2 USD) - 2026/11/27 22:02:00 ET
Table 'Alpha' 6-max Seat #1 is the button
Seat 1: Ann ($200 in chips)
Seat 2: Bob ($200 in chips)
Seat 3: Cat ($200 in chips)
Bob: posts small blind $1
Cat: posts big blind $2
*** HOLE CARDS ***
Dealt to Ann [${cards}]
Ann: raises $4 to $6
Bob: folds
Cat: folds
Uncalled bet ($4) returned to Ann
Ann collected $5 from pot
*** SUMMARY ***
Total pot $5 | Rake $0
`;
const shown = (cards) => {
  const { card1, card2 } = analyze(parseHand(text(cards))).players.find((player) => player.hero).cards;
  return card1[0] + card2[0];
};
assert.deepEqual(['8h 2h', '2h 8h', 'Th 2h', '2h Th', 'Kh 9h', '9h Kh'].map(shown), ['82', '82', 'T2', 'T2', 'K9', 'K9']);
assert.deepEqual(['9h 2h', '2h 9h', '9h 8h', '8h 9h'].map(shown), ['29', '29', '89', '89']);
console.log('hha 0.7.1: 9h 2h is shown as', shown('9h 2h'), '- 8h 2h as', shown('8h 2h'));
EOF
node probe.cjs
