#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  a state with `after: { 60: 'dead' }` and `on: { pong: 'alive' }`, its own name, is a watchdog: each pong starts the delay anew.
# Seen:   the delay runs on. A target that is the state itself neither leaves nor enters it, so the first 60 ms decide, however many pongs
#         come. With reenter: true it works. (In version 4 the short form did re-enter.)
# Hurt:   heartbeats, idle clocks and debounces: a healthy connection is given up after one period, and in tests with one
#         pong or none all looks right.
# Do:     reenter: true on each transition that is to restart a delay or an invoked actor; test with more than two beats.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine, SimulatedClock } from 'xstate';

const afterFourPongs = (pong) => {
  const clock = new SimulatedClock();
  const machine = createMachine({ initial: 'alive', states: { alive: { after: { 60: 'dead' }, on: { pong } }, dead: {} } });
  const actor = createActor(machine, { clock }).start();
  for (let beat = 0; beat < 4; beat++) {
    clock.increment(25);
    actor.send({ type: 'pong' });
  }
  return actor.getSnapshot().value;
};
const short = afterFourPongs('alive');
const reentered = afterFourPongs({ target: 'alive', reenter: true });
assert.equal(short, 'dead');
assert.equal(reentered, 'alive');
console.log('xstate 5.33.3: a pong every 25 ms, a limit of 60:', short, '- with reenter:', reentered);
EOF
node probe.mjs
