#!/usr/bin/env bash
# @xstate/store 4.2.3 with xstate 5.33.3, seen 2026-11-28.
# Guess:  a subscriber is told of every change, in order, as by an actor: also one that sends an event while it is told.
# Seen:   it is not told of what that event changed. A subscriber that answers `seated` with `ready` has `seated` as its last word, and a
#         view subscribed after it sees `ready` alone. An actor tells both subscribers of both states. The subscriber that was left out is told
#         again at the next event.
# Hurt:   a dashboard or a seat that follows a store and reacts to it: it shows or believes the state before its own event, until something
#         else happens; which view misses what depends on the order of subscribing.
# Do:     send from a subscriber later (queueMicrotask), or from an effect of the transition; or hold such state in a machine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @xstate/store@4.2.3 xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createStore } from '@xstate/store';
import { createActor, createMachine } from 'xstate';

const follow = (source, stateOf) => {
  const seat = [];
  const view = [];
  source.subscribe((snapshot) => {
    seat.push(stateOf(snapshot));
    if (seat.at(-1) === 'seated') source.send({ type: 'ready' });
  });
  source.subscribe((snapshot) => view.push(stateOf(snapshot)));
  return { seat, view };
};
const store = createStore({
  context: { state: 'lobby' },
  on: { seated: () => ({ state: 'seated' }), ready: () => ({ state: 'ready' }) },
});
const actor = createActor(
  createMachine({ initial: 'lobby', states: { lobby: { on: { seated: 'seated' } }, seated: { on: { ready: 'ready' } }, ready: {} } }),
).start();

const ofStore = follow(store, (snapshot) => snapshot.context.state);
const ofActor = follow(actor, (snapshot) => snapshot.value);
store.send({ type: 'seated' });
actor.send({ type: 'seated' });
assert.equal(store.getSnapshot().context.state, 'ready');
assert.deepEqual(ofActor, { seat: ['seated', 'ready'], view: ['seated', 'ready'] });
assert.deepEqual(ofStore, { seat: ['seated'], view: ['ready'] });
console.log('@xstate/store 4.2.3: the sending subscriber saw', ofStore.seat.join(), 'the other', ofStore.view.join(), '- an actor tells both of both');
EOF
node probe.mjs
