#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  spawnChild with the id of a child that still runs is refused, or takes its place: the old one is stopped, as one that is left is.
# Seen:   both run, without a warning. The id stands for the new one alone; the old one cannot be sent to or stopped any more, and even stop() of
#         the parent leaves it running. Two regions that invoke under one id leave one running in the same way.
# Hurt:   "connect" that comes twice: the first socket stays open, answers its pings and holds the seat for as long as the process lives. A platform
#         that allows one connection a seat cuts one of the two, and they push each other out in turn.
# Do:     stopChild(id) before spawnChild of the same id, or invoke the child in a state, which is entered once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, fromCallback, setup, spawnChild, stopChild } from 'xstate';

let open = 0;
const line = fromCallback(() => {
  open += 1;
  return () => {
    open -= 1;
  };
});
const { createMachine } = setup({ actors: { line } });
const spawning = createMachine({
  on: {
    connect: { actions: spawnChild('line', { id: 'line' }) },
    reconnect: { actions: [stopChild('line'), spawnChild('line', { id: 'line' })] },
    hangUp: { actions: stopChild('line') },
  },
});
const counts = (machine, events) => {
  open = 0;
  const actor = createActor(machine).start();
  const seen = events.map((type) => {
    actor.send({ type });
    return open;
  });
  actor.stop();
  return [...seen, open];
};
const invoke = { src: 'line', id: 'line' };
const regions = createMachine({ type: 'parallel', states: { north: { invoke }, south: { invoke } } });

assert.deepEqual(counts(spawning, ['connect', 'hangUp']), [1, 0, 0]);
assert.deepEqual(counts(spawning, ['connect', 'reconnect', 'hangUp']), [1, 1, 0, 0]);
const twice = counts(spawning, ['connect', 'connect', 'hangUp']);
assert.deepEqual(twice, [1, 2, 1, 1]);
assert.deepEqual(counts(regions, []), [1]);
console.log('xstate 5.33.3: lines open after connect, connect, hangUp and the stop of the parent:', twice.join(', '));
EOF
node probe.mjs
