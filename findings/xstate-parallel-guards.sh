#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  two regions of a parallel state that both take one chip, each behind a guard `chips > 0`, cannot take the count below 0: the
#         second guard sees what the first region's assign has left.
# Seen:   all guards of all regions are asked before the first action runs, with the context as it was. Of one chip both take one: -1. The
#         actions do see each other's assigns, so the context that a guard saw is not the one its actions work on.
# Hurt:   budgets, retry counts and "only one may" rules that are shared by regions: a guard does not guard, but only when
#         two regions act on the same event, so tests of each region pass.
# Do:     one region decides and raises an event for the others; or ask again in the action.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { assign, createActor, createMachine } from 'xstate';

const chipsLeft = (...events) => {
  const take = { guard: ({ context }) => context.chips > 0, actions: assign({ chips: ({ context }) => context.chips - 1 }) };
  const machine = createMachine({
    context: { chips: 1 },
    type: 'parallel',
    states: { left: { on: { both: take, left: take } }, right: { on: { both: take, right: take } } },
  });
  const actor = createActor(machine).start();
  for (const type of events) actor.send({ type });
  return actor.getSnapshot().context.chips;
};
const seen = { 'two events': chipsLeft('left', 'right'), 'one event': chipsLeft('both') };
assert.deepEqual(Object.values(seen), [0, -1]);
console.log('xstate 5.33.3: chips left of one when two regions take one each:', JSON.stringify(seen));
EOF
node probe.mjs
