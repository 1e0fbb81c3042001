#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  `after: { graceDelay: 'givenUp' }` with no delay of that name is an error when it is reached, as a guard or an actor of an unknown name is.
# Seen:   the transition is taken at once, within the very call that enters the state: the actor is in `givenUp` when start() returns. A
#         delay whose function gives nothing back does the same. The guard of an unknown name throws.
# Hurt:   a chart whose delays are handed in by provide(): one name mistyped or forgotten and each dropped seat is given up in no time; in a
#         test with a clock that jumps the result is the same as with the right delay.
# Do:     name delays in setup(), where TypeScript refuses unknown ones; assert that the state is still there just before the delay.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine } from 'xstate';

const seat = createMachine({
  initial: 'grace',
  states: { grace: { after: { graceDelay: 'givenUp' } }, givenUp: {} },
});
const stateAtStart = (machine) => createActor(machine).start().getSnapshot().value;
const missing = stateAtStart(seat);
const mistyped = stateAtStart(seat.provide({ delays: { gracedelay: 30_000 } }));
const empty = stateAtStart(seat.provide({ delays: { graceDelay: ({ context }) => context.grace } }));
const actor = createActor(seat.provide({ delays: { graceDelay: 30_000 } })).start();
const given = actor.getSnapshot().value;
actor.stop();
assert.deepEqual({ missing, mistyped, empty, given }, { missing: 'givenUp', mistyped: 'givenUp', empty: 'givenUp', given: 'grace' });

const guarded = createActor(createMachine({ on: { go: { guard: 'unknown', actions: () => {} } } }));
let refused;
guarded.subscribe({ error: (error) => (refused = error) });
guarded.start();
guarded.send({ type: 'go' });
assert.match(String(refused), /unknown/);
console.log('xstate 5.33.3: when start() returns, with an unknown delay:', mistyped, '- with a known one:', given);
EOF
node probe.mjs
