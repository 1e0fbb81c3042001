#!/usr/bin/env bash
# hash-sum 2.0.0 (and string-hash 1.1.3), seen 2026-11-28.
# Guess:  a "unique hash generator" of 32 bits tells some thousand short texts apart: two of 1,326 would be the same once in five thousand times.
# Seen:   both step through the text with one small multiplication a character, and the letters of cards undo it. '2d5s' is '2cTs' to hash-sum, '3cAd'
#         is 'TdAd' to string-hash. Of the 1,326 starting hands 14 or 19 are taken for another one, of 170,400 pairs of hands
#         to hash-sum nearly 4,000.
# Hurt:   a cache of equities or answers by such a key, a seed made of it, or a list of "states seen": a hand gets the answer of another one,
#         always the same, and no test with a few hands shows it.
# Do:     the text itself as the key; for a short form, some characters of a real digest (node:crypto).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts hash-sum@2.0.0 string-hash@1.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const hashSum = require('hash-sum');
const stringHash = require('string-hash');

const cards = [...'23456789TJQKA'].flatMap((rank) => [...'shdc'].map((suit) => rank + suit));
const hands = cards.flatMap((first, index) => cards.slice(index + 1).map((second) => first + second));
const pairs = hands.slice(0, 400).flatMap((left) => hands.slice(900).map((right) => right + left));
const same = (texts, hash) => texts.length - new Set(texts.map(hash)).size;
const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

assert.equal(hashSum('2d5s'), hashSum('2cTs'));
assert.equal(stringHash('3cAd'), stringHash('TdAd'));
const seen = { 'hash-sum': same(hands, hashSum), 'string-hash': same(hands, stringHash), 'hash-sum of two hands': same(pairs, hashSum) };
assert.deepEqual([hands.length, pairs.length], [1326, 170_400]);
assert.deepEqual(Object.values(seen), [14, 19, 3834]);
assert.equal(same(pairs, digest), 0);
console.log('taken for another, of 1,326 hands and of 170,400 pairs of hands:', JSON.stringify(seen));
EOF
node probe.cjs
