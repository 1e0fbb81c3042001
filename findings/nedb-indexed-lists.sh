#!/usr/bin/env bash
# @seald-io/nedb 4.1.2, seen 2026-11-28.
# Guess:  an index makes a search faster and changes nothing else.
# Seen:   with an index on a list field a range finds a document once for each element in the range: a hand with the pots 60 and 40 twice under
#         { pots: { $gt: 30 } }. count() counts it twice, limit(2) is filled by it alone, and an update of many is refused as "violates the unique constraint"
#         of _id. Without the index, and with $in, every document is there once.
# Hurt:   a store of hands to which somebody adds an index on pots, bets or seats because a page is slow: shares and sums of hands with side pots
#         go up, the more pots the more, and pages of results repeat themselves.
# Do:     index a plain field of your own (biggestPot), or take the documents once by _id; compare a search with and without the index.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @seald-io/nedb@4.1.2 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const Datastore = require('@seald-io/nedb');

const hands = [
  { _id: 'hand-1', pots: [60, 40] },
  { _id: 'hand-2', pots: [100] },
  { _id: 'hand-3', pots: [20] },
];
const above30 = { pots: { $gt: 30 } };
const storeOf = async (indexed) => {
  const store = new Datastore();
  if (indexed) await store.ensureIndexAsync({ fieldName: 'pots' });
  await store.insertAsync(hands);
  return store;
};
const found = async (store, query) => (await store.findAsync(query)).map(({ _id }) => _id).sort();

(async () => {
  const plain = await storeOf(false);
  assert.deepEqual(await found(plain, above30), ['hand-1', 'hand-2']);
  assert.equal(await plain.updateAsync(above30, { $set: { seen: true } }, { multi: true }).then(({ numAffected }) => numAffected), 2);

  const indexed = await storeOf(true);
  const seen = await found(indexed, above30);
  assert.deepEqual(seen, ['hand-1', 'hand-1', 'hand-2']);
  assert.equal(await indexed.countAsync(above30), 3);
  assert.deepEqual(await found(indexed, { pots: { $in: [40, 60] } }), ['hand-1']);
  const firstTwo = (await indexed.findAsync(above30).limit(2)).map(({ _id }) => _id);
  assert.deepEqual(firstTwo, ['hand-1', 'hand-1']);
  await assert.rejects(indexed.updateAsync(above30, { $set: { seen: true } }, { multi: true }), /unique constraint/);
  console.log('@seald-io/nedb 4.1.2: hands with a pot above 30:', (await found(plain, above30)).join(' '), '- with an index on pots:', seen.join(' '));
})();
EOF
node probe.cjs
