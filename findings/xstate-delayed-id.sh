#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  raise(event, { delay, id }) with an id that is already waiting replaces it, as a second timer under one key would: a debounce.
# Seen:   both are delivered. The id then stands for the second one only, so cancel(id) leaves the first: after two raises and a cancel one event
#         comes, though the chart has taken it back.
# Hurt:   "no answer for two seconds: nudge the bot" that each frame is to put off: every frame adds a nudge. And a time-out that was
#         cancelled when the answer came fires into the next turn.
# Do:     cancel(id) before each raise with that id (in one list of actions), or a state with `after` that is re-entered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { assign, cancel, createActor, createMachine, raise, SimulatedClock } from 'xstate';

const nudges = (actions, ...events) => {
  const clock = new SimulatedClock();
  const machine = createMachine({
    context: { nudges: 0 },
    on: {
      frame: { actions },
      answered: { actions: cancel('nudge') },
      nudge: { actions: assign({ nudges: ({ context }) => context.nudges + 1 }) },
    },
  });
  const actor = createActor(machine, { clock }).start();
  for (const type of events) {
    actor.send({ type });
    clock.increment(500);
  }
  clock.increment(10_000);
  return actor.getSnapshot().context.nudges;
};
const put = raise({ type: 'nudge' }, { delay: 2000, id: 'nudge' });
const seen = {
  'two frames': nudges(put, 'frame', 'frame'),
  'two frames, then the answer': nudges(put, 'frame', 'frame', 'answered'),
  'two frames, each cancelling first': nudges([cancel('nudge'), put], 'frame', 'frame'),
};
assert.deepEqual(Object.values(seen), [2, 1, 1]);
console.log('xstate 5.33.3: nudges delivered:', JSON.stringify(seen));
EOF
node probe.mjs
