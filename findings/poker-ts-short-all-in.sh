#!/usr/bin/env bash
# poker-ts 1.5.0, seen 2026-11-28.
# Guess:  an all-in that adds less than a full raise changes nothing but the price: who has acted may call or fold, and the next raise is to add as
#         much as the last full one.
# Seen:   it counts as a raise of its own small size. 5/10, Dan raises to 100 (by 90), Ann calls, Cat is all in for 145: Dan and Ann may
#         raise again, and to 190, by 45. By the rules both may call only; who had not acted would raise to 235 at least.
# Hurt:   an arena with this table: 45 chips more open the betting to those who had closed it. Bots written for the rules do not
#         expect to be raised there, and those that take what legalActions() offers get a cheap squeeze in every such hand.
# Do:     take legalActions() for what this table allows, not for the rules; compare with fixtures of short all-ins before an
#         oracle is made of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts poker-ts@1.5.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Table } = require('poker-ts');

const [ann, bob, cat, dan] = [0, 1, 2, 3];
const table = new Table({ smallBlind: 5, bigBlind: 10 });
for (const [seat, stack] of [[ann, 1000], [bob, 1000], [cat, 145], [dan, 1000]]) table.sitDown(seat, stack);
table.startHand(ann);
const acted = [];
const act = (...action) => {
  acted.push(table.playerToAct());
  table.actionTaken(...action);
};
act('raise', 100);
act('call');
act('fold');
act('raise', 145);
assert.deepEqual(acted, [dan, ann, bob, cat]);
const asked = () => ({ seat: table.playerToAct(), may: table.legalActions().actions.join(), least: table.legalActions().chipRange.min });
const first = asked();
act('call');
const second = asked();
assert.deepEqual(first, { seat: dan, may: 'fold,call,raise', least: 190 });
assert.deepEqual(second, { seat: ann, may: 'fold,call,raise', least: 190 });
console.log(`poker-ts 1.5.0: raise to 100, call, all in for 145: the raiser may ${first.may}, to ${first.least} at least`);
EOF
node probe.cjs
