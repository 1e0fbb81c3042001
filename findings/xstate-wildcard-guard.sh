#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  `'*'` beside `frame: { guard, target }` is for events that have no entry of their own.
# Seen:   it also takes a `frame` whose guard has said no. The order is "what is enabled", not "what is named": a refused transition leaves the
#         event to the wildcard, and after that to the parent state.
# Hurt:   a chart that answers unknown frames with '*' (report, or close the connection): a frame of another match or an old turn, which the
#         guard was to ignore, ends the seat as a breach of the protocol.
# Do:     a second branch without guard (`frame: [{ guard, target }, {}]`): it takes the event and does nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine } from 'xstate';

const afterOldTurn = (turn) => {
  const machine = createMachine({
    initial: 'seated',
    states: { seated: { on: { turn, '*': 'protocolError' } }, deciding: {}, protocolError: {} },
  });
  const actor = createActor(machine).start();
  actor.send({ type: 'turn', number: 6 });
  return actor.getSnapshot().value;
};
const isCurrent = ({ event }) => event.number === 7;
const one = afterOldTurn({ guard: isCurrent, target: 'deciding' });
const two = afterOldTurn([{ guard: isCurrent, target: 'deciding' }, {}]);
assert.equal(one, 'protocolError');
assert.equal(two, 'seated');
console.log('xstate 5.33.3: an old turn that the guard refuses leads to', one, '- with an empty second branch:', two);
EOF
node probe.mjs
