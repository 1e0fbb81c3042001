#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  an actor that is restored from its persisted snapshot goes on: a delayed transition (`after`) of the state it is in fires, with
#         what is left of the delay or from the start.
# Seen:   it never fires. Timers are no part of the snapshot, and a restored state is not entered, so nothing starts them. A delayed raise() is
#         lost the same way. Invoked actors do start again, so most of the machine is alive.
# Hurt:   an agent that was restarted while it gave a seat some seconds to reconnect, or a turn its clock: it waits in that
#         state for ever, and every test that does not restart in just that state passes.
# Do:     after a restore send an event that re-enters the state (reenter: true), or keep the moment of expiry in the context and let
#         an invoked clock compare it with the time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createActor, createMachine } from 'xstate';

const seat = createMachine({
  initial: 'playing',
  states: {
    playing: { on: { dropped: 'grace' } },
    grace: { after: { 50: 'givenUp' }, on: { resumed: { target: 'grace', reenter: true } } },
    givenUp: {},
  },
});
const first = createActor(seat).start();
first.send({ type: 'dropped' });
const persisted = JSON.stringify(first.getPersistedSnapshot());
const restored = createActor(seat, { snapshot: JSON.parse(persisted) }).start();
const resumed = createActor(seat, { snapshot: JSON.parse(persisted) }).start();
resumed.send({ type: 'resumed' });
await pause(300);

const seen = { first: first.getSnapshot().value, restored: restored.getSnapshot().value, resumed: resumed.getSnapshot().value };
assert.deepEqual(seen, { first: 'givenUp', restored: 'grace', resumed: 'givenUp' });
console.log('xstate 5.33.3: six delays later:', JSON.stringify(seen));
EOF
node probe.mjs
