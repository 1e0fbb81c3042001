#!/usr/bin/env bash
# @poker-apprentice/hand-history-parser 6.6.0 (with antlr4ts 0.5.0-alpha.4), seen 2026-11-28.
# Guess:  whoever acts in a parsed hand is one of its players, so chips can be summed by player name.
# Seen:   in a duel the site writes "Dealer : Small Blind $5", and the parser says that "Small Blind" posted it: a player who is not in the list. The 5 chips are
#         missing from what the button put in. With three players the small blind is right.
# Hurt:   a ledger of duels: every hand on the button looks half a big blind better than it was, which is 25 big blinds in 100 hands, more than any bot
#         wins. The results of both players no longer sum to zero, and the button looks like a better seat than it is.
# Do:     where two players are listed, give the post of an unknown name to the one at BTN; refuse hands in which a name acts that has no seat.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "overrides": {"antlr4ts": "0.5.0-alpha.4"}}' > package.json
npm install --no-audit --no-fund --ignore-scripts @poker-apprentice/hand-history-parser@6.6.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { parseHand } = require('@poker-apprentice/hand-history-parser');

const filename = 'HH20261128-200000 - 4100000002 - RING - $5-$10 - HOLDEM - NL - TBL No.20000001.txt';
const duel = `Bovada Hand #4100000002 TBL#20000001 HOLDEM No Limit - 2026-11-28 20:00:00
Seat 1: Dealer ($1000 in chips)
Seat 2: Big Blind [ME] ($1000 in chips)
Dealer : Set dealer [1]
Dealer : Small Blind $5
Big Blind  [ME] : Big blind $10
*** HOLE CARDS ***
Dealer : Card dealt to a spot [Kd Kc]
Big Blind  [ME] : Card dealt to a spot [Th Qh]
Dealer : Raises $25 to $30
Big Blind  [ME] : Calls $20
*** FLOP *** [2s 7d Tc]
Big Blind  [ME] : Checks
Dealer : Checks
*** TURN *** [2s 7d Tc] [3d]
Big Blind  [ME] : Checks
Dealer : Checks
*** RIVER *** [2s 7d Tc 3d] [4h]
Big Blind  [ME] : Checks
Dealer : Checks
Big Blind  [ME] : Showdown [Th Tc Qh 7d 4h] (One pair)
Dealer : Showdown [Kd Kc Tc 7d 4h] (One pair)
Dealer : Hand result $60
*** SUMMARY ***
Total Pot($60)
Board [2s 7d Tc 3d 4h]
Seat+1: Dealer $60  with One pair [Kd Kc-Kd Kc Tc 7d 4h]
Seat+2: Big Blind lose with One pair [Th Qh-Th Tc Qh 7d 4h]`;

(async () => {
  const { actions, players } = await parseHand({ hand: duel, filename });
  assert.deepEqual(players.map(({ name, position }) => [name, position]), [['Dealer', 'BTN'], ['Big Blind', 'BB']]);
  const paid = {};
  for (const { type, playerName, amount } of actions) {
    if (['post', 'bet', 'call', 'raise'].includes(type)) paid[playerName] = (paid[playerName] ?? 0) + Number(amount);
  }
  assert.deepEqual(paid, { 'Small Blind': 5, 'Big Blind': 30, Dealer: 25 });
  console.log('@poker-apprentice/hand-history-parser 6.6.0: a duel for 30 chips each, paid by', JSON.stringify(paid), '- players:', players.map(({ name }) => name).join(', '));
})();
EOF
node probe.cjs
