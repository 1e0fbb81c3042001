#!/usr/bin/env bash
# pec 0.7.0, seen 2026-11-28.
# Guess:  raceRangeForBoard(cards, range, null, false, board) leaves out those hands of the range that hold a card of yours or of the board.
# Seen:   it plays them, with a card that is then in the deal twice. Qh Jh on Qs 7d 2c 3h against queens or jacks: with two of the queens seen, one
#         pair of queens is left and three of jacks, and you win 73 times in 100. It says 48, having raced twelve hands.
# Hurt:   a bot or a report that weighs a range: the cards you hold make some hands unlikely ("blockers"), and the answer comes out as if
#         they did not; it turns a call into a fold.
# Do:     filter the range by the cards that are seen before racing it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts pec@0.7.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { raceRangeForBoard, rates } = require('pec');

const pairs = (rank) => ['hs', 'hd', 'hc', 'sd', 'sc', 'dc'].map((suits) => [rank + suits[0], rank + suits[1]]);
const cards = ['Qh', 'Jh'];
const board = ['Qs', '7d', '2c', '3h'];
const range = [...pairs('Q'), ...pairs('J')];
const possible = range.filter((hand) => !hand.some((card) => cards.includes(card) || board.includes(card)));
const win = (hands) => rates(raceRangeForBoard(cards, hands, null, false, board)).winRate;
assert.equal(possible.length, 4);
assert.equal(win(possible), 73.3);
assert.equal(win(range), 48.04);
console.log('pec 0.7.0: Qh Jh on Qs 7d 2c 3h against QQ and JJ wins', win(range), '% - against those that can be held', win(possible), '%');
EOF
node probe.cjs
