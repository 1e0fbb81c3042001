#!/usr/bin/env bash
# fast-json-patch 3.1.1, seen 2026-11-28.
# Guess:  one patch that is applied to two documents leaves two documents.
# Seen:   a value of the patch is put into each of them as it is, not as a copy: they share it, with each other and with the patch. What a later patch
#         changes below it in one is changed in the other, which got no such patch. mutateDocument: false copies the document, not the value.
#         "copy" does copy.
# Hurt:   a table that keeps the view of each seat and sends it patches: after the common patch that opens the hand, the patch for one seat alone, with
#         its cards, is in the views of all. A log of patches that is kept for a replay changes as well.
# Do:     applyPatch(view, structuredClone(patch)).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts fast-json-patch@3.1.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import jsonPatch from 'fast-json-patch';

const opened = () => [{ op: 'add', path: '/cards', value: {} }];
const forSeat0 = [{ op: 'add', path: '/cards/0', value: 'Ah Ad' }];
const viewsAfter = (apply) => {
  const patch = opened();
  const views = [apply({}, patch), apply({}, patch)];
  views[0] = apply(views[0], forSeat0);
  return { views, patch };
};
const apart = { views: [{ cards: { 0: 'Ah Ad' } }, { cards: {} }], patch: opened() };
const { applyPatch } = jsonPatch;
assert.deepEqual(
  viewsAfter((view, patch) => applyPatch(view, structuredClone(patch)).newDocument),
  apart,
);
const shared = { views: [{ cards: { 0: 'Ah Ad' } }, { cards: { 0: 'Ah Ad' } }], patch: [{ ...opened()[0], value: { 0: 'Ah Ad' } }] };
const seen = viewsAfter((view, patch) => applyPatch(view, patch).newDocument);
assert.deepEqual(seen, shared);

const [common] = [opened()];
const first = applyPatch({}, common, false, false).newDocument;
const second = applyPatch({}, common, false, false).newDocument;
assert.equal(first.cards, second.cards);
console.log('fast-json-patch 3.1.1: after a patch for seat 0 alone, seat 1 has', JSON.stringify(seen.views[1]));
EOF
node probe.mjs
