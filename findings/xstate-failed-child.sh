#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  an invoked machine that fails is stopped with all that it invoked, as one that ends or is left is; `onError` can start it anew.
# Seen:   what it invoked or spawned runs on and is never stopped: not when the parent invokes the machine again, nor when it leaves the state,
#         nor by stop() of the whole. Three tries that fail leave three open connections; three that end leave none.
# Hurt:   supervisors that restart a failed child, so whoever does it right otherwise: one socket or interval more for each failure, the
#         old ones still answering the platform, and a process that does not exit.
# Do:     catch errors in the child's own actions and go to a final state; or invoke such sources next to the child, in the supervisor's state.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine, fromCallback, sendTo } from 'xstate';

const openAfterThree = (type) => {
  let open = 0;
  const connection = fromCallback(() => {
    open++;
    return () => open--;
  });
  const fail = () => {
    throw new Error('a bad message');
  };
  const seat = createMachine({
    initial: 'on',
    states: { on: { invoke: { src: connection }, on: { fail: { actions: fail }, end: 'off' } }, off: { type: 'final' } },
  });
  const again = { target: 'playing', reenter: true };
  const supervisor = createMachine({
    initial: 'playing',
    states: {
      playing: {
        invoke: { src: seat, id: 'seat', onError: again, onDone: again },
        on: { '*': { actions: sendTo('seat', ({ event }) => event) }, quit: 'idle' },
      },
      idle: {},
    },
  });
  const actor = createActor(supervisor).start();
  for (let round = 0; round < 3; round++) actor.send({ type });
  actor.send({ type: 'quit' });
  actor.stop();
  return open;
};
const seen = { ended: openAfterThree('end'), failed: openAfterThree('fail') };
assert.deepEqual(seen, { ended: 0, failed: 3 });
console.log('xstate 5.33.3: connections still open when all is stopped, after three children:', JSON.stringify(seen));
EOF
node probe.mjs
