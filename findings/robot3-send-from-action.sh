#!/usr/bin/env bash
# robot3 1.4.0 with xstate 5.33.3 beside it, seen 2026-11-28.
# Guess:  an event that an action sends waits until the transition is done, and goes to the state that was entered, as in XState.
# Seen:   it goes to the state that is being left, at once, and then the transition puts back its own state and context: what the event changed
#         is undone. `turn` leads to `acting`, its action sends `late`, which `acting` answers with a fold: nobody folds, and the
#         count that the old state kept of `late` is 0 again, though onChange told of 1.
# Hurt:   a seat whose action answers at once (a time-out that has passed already, an answer from a cache): the answer is
#         swallowed, and it waits for an event that has come and gone.
# Do:     queueMicrotask(() => service.send(event)) in an action; or an `immediate` transition with a guard in the state that is entered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts robot3@1.4.0 xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { action, createMachine, interpret, reduce, state, transition } from 'robot3';
import * as xstate from 'xstate';

const told = [];
const states = (onTurn) => ({
  waiting: state(
    transition('turn', 'acting', action(onTurn)),
    transition('late', 'waiting', reduce(({ late }) => ({ late: late + 1 }))),
  ),
  acting: state(transition('late', 'folded')),
  folded: state(),
});
const seat = (onTurn) => {
  const service = interpret(createMachine('waiting', states(() => onTurn(service)), () => ({ late: 0 })), ({ machine, context }) =>
    told.push(`${machine.current} ${context.late}`),
  );
  service.send('turn');
  return service;
};
const sent = seat((service) => service.send('late'));
assert.deepEqual(told, ['waiting 1', 'acting 0']);
const deferred = seat((service) => queueMicrotask(() => service.send('late')));
await null;

const actor = xstate.createActor(
  xstate.createMachine({
    initial: 'waiting',
    states: {
      waiting: { on: { turn: { target: 'acting', actions: xstate.raise({ type: 'late' }) }, late: {} } },
      acting: { on: { late: 'folded' } },
      folded: {},
    },
  }),
).start();
actor.send({ type: 'turn' });

const seen = { sent: sent.machine.current, deferred: deferred.machine.current, xstate: actor.getSnapshot().value };
assert.deepEqual(seen, { sent: 'acting', deferred: 'folded', xstate: 'folded' });
console.log('robot3 1.4.0: an action sends `late`:', seen.sent, `(${sent.context.late} counted) - a microtask later:`, seen.deferred, '- XState:', seen.xstate);
EOF
node probe.mjs
