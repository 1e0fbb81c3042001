#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  enqueueActions reads from top to bottom: check('bust') behind enqueue.assign({ chips }) sees the chips of that assign.
# Seen:   what is enqueued is run after the whole function, so check() and context see what was before it: a seat that has just lost its last chip
#         is not bust. The same two steps as two actions of a list, the second one with its own enqueueActions, do see it.
# Hurt:   whoever settles a hand and then asks who is out, who has won or whether the limit is reached: the answer comes a hand late, or never, when no
#         event follows. The final context looks right, so only the branch is missing.
# Do:     actions: ['settle', 'leaveIfBust'], each for itself, or an `always` transition with the guard.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { assign, createActor, enqueueActions, setup } from 'xstate';

const pay = assign({ chips: ({ context }) => context.chips - 10 });
const leave = assign({ left: true });
const { createMachine } = setup({ guards: { bust: ({ context }) => context.chips <= 0 } });
const afterOneHand = (actions) => {
  const actor = createActor(createMachine({ context: { chips: 10, left: false }, on: { lost: { actions } } })).start();
  actor.send({ type: 'lost' });
  return actor.getSnapshot().context;
};
const leaveIfBust = enqueueActions(({ enqueue, check }) => {
  if (check('bust')) enqueue(leave);
});
const both = enqueueActions(({ enqueue, check }) => {
  enqueue(pay);
  if (check('bust')) enqueue(leave);
});
assert.deepEqual(afterOneHand([pay, leaveIfBust]), { chips: 0, left: true });
const seen = afterOneHand(both);
assert.deepEqual(seen, { chips: 0, left: false });
console.log('xstate 5.33.3: chips', seen.chips, '- left the table:', seen.left, '- as two actions: true');
EOF
node probe.mjs
