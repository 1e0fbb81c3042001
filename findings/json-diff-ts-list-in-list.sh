#!/usr/bin/env bash
# json-diff-ts 4.10.4, seen 2026-11-28.
# Guess:  applyChangeset(before, diff(before, after)) makes `after`, whatever JSON the two are.
# Seen:   what is taken out of a list that stands in a list stays. When the second seat mucks, the hole cards [["As","Kd"],["2c","2h"]] should become
#         [["As","Kd"],[]] and are as before; a warning on the console is all. The changeset tells of both removals. What is added
#         to such a list or replaced in it arrives, and so do removals where the inner list is a field of an object.
# Hurt:   a view or a copy that is kept up with changes: mucked cards and taken bets stay on the table, a sum over them is too
#         high, and the copy parts from its source for good.
# Do:     put inner lists into objects ({ cards: [...] } for each seat), or compare the result with `after` and send it whole when they differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts json-diff-ts@4.10.4 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { applyChangeset, diff } = require('json-diff-ts');

const warnings = [];
console.warn = (text) => warnings.push(text);
const copy = (before, after) => applyChangeset(structuredClone(before), diff(before, after));

const dealt = [['As', 'Kd'], ['2c', '2h']];
const mucked = [['As', 'Kd'], []];
const inLists = copy({ cards: dealt }, { cards: mucked });
const removed = diff({ cards: dealt }, { cards: mucked })[0].changes[0].changes.map(({ type, value }) => `${type} ${value}`);
assert.deepEqual(removed, ['REMOVE 2c', 'REMOVE 2h']);
assert.deepEqual(inLists, { cards: dealt });
assert.equal(warnings.length, 2);

const seats = (lists) => ({ seats: lists.map((cards) => ({ cards })) });
assert.deepEqual(copy(seats(dealt), seats(mucked)), seats(mucked));
assert.deepEqual(copy({ cards: mucked }, { cards: dealt }), { cards: dealt });
assert.equal(warnings.length, 2);
console.log('json-diff-ts 4.10.4:', JSON.stringify(dealt), 'with', removed.join(', '), 'is', JSON.stringify(inLists.cards));
EOF
node probe.cjs
