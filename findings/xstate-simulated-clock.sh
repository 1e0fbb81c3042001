#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  SimulatedClock's increment(20) is two times increment(10), as with the fake timers of test runners: two delays of 10 in a row are over.
# Seen:   it jumps to the end first and then runs what is due, so a delay that begins meanwhile counts from there: the second one is over at 30.
#         Each step of a chain takes one whole increment, however long that is.
# Hurt:   tests of backoffs, heartbeats and idle rules: one increment of an hour is one beat, so "no reconnect within an hour" holds in the
#         test and not in life.
# Do:     increment by no more than the shortest delay, or use fake timers or a clock that steps from timer to timer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine, SimulatedClock } from 'xstate';

const after = (...steps) => {
  const clock = new SimulatedClock();
  const machine = createMachine({ initial: 'first', states: { first: { after: { 10: 'second' } }, second: { after: { 10: 'third' } }, third: {} } });
  const actor = createActor(machine, { clock }).start();
  for (const step of steps) clock.increment(step);
  return actor.getSnapshot().value;
};
const seen = { '20': after(20), '3,600,000': after(3_600_000), '10 + 10': after(10, 10) };
assert.deepEqual(Object.values(seen), ['second', 'second', 'third']);
console.log('xstate 5.33.3: two delays of 10 after increments of', JSON.stringify(seen));
EOF
node probe.mjs
