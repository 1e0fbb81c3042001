#!/usr/bin/env bash
# xstate 5.33.3, its graph module, seen 2026-11-28.
# Guess:  getShortestPaths finds a state that is reached once the context holds something, in a list or in a Set alike.
# Seen:   two snapshots are the same place to it when their JSON is the same, and a Set or Map of any content is `{}` there. The event that
#         fills the Set leads "nowhere new", and what lies behind it is never walked. With a list the state is found.
# Hurt:   tests that walk every path of a chart: all pass, "each state covered", while the state that matters
#         (a second match while one is live, a turn already answered) was never entered.
# Do:     plain data in contexts that are walked, or a serializeState that spells Sets and Maps out; and assert which states
#         the walk must reach.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { assign, createMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';

const lobby = (none, withMatch, count) =>
  createMachine({
    context: { live: none },
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          matched: { actions: assign({ live: withMatch }) },
          drain: { guard: ({ context }) => count(context.live) > 0, target: 'draining' },
        },
      },
      draining: {},
    },
  });
const inSet = lobby(new Set(), () => new Set(['m1']), (live) => live.size);
const inList = lobby([], () => ['m1'], (live) => live.length);

const reached = (machine, options) => [...new Set(getShortestPaths(machine, options).map((path) => path.state.value))];
const spelled = (snapshot) => JSON.stringify([snapshot.value, [...snapshot.context.live]]);
assert.deepEqual(reached(inList), ['waiting', 'draining']);
assert.deepEqual(reached(inSet), ['waiting']);
assert.deepEqual(reached(inSet, { serializeState: spelled }), ['waiting', 'draining']);
console.log('xstate 5.33.3 graph: with a list it reaches', reached(inList).join(', '), '- with a Set', reached(inSet).join(', '));
EOF
node probe.mjs
