#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  what is sent to a callback actor before it calls receive() waits in its mailbox, as what is sent to an actor before start() does.
# Seen:   it is thrown away, without an error or a warning. Only what comes after receive() is heard.
# Hurt:   an actor that opens a socket and calls receive() in its `open` handler, where sending begins to make sense: an answer that the parent
#         sends while it connects is lost, and the clock of the turn runs out. With a fast local server it works.
# Do:     call receive() first, in the same go as the callback, and keep a queue until the socket is open.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine, fromCallback, sendTo } from 'xstate';

const errors = [];
console.warn = console.error = (...words) => errors.push(words.join(' '));
const heard = async (receiveFirst) => {
  const sent = [];
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  const line = fromCallback(({ receive }) => {
    const listen = () => receive(({ type }) => sent.push(type));
    if (receiveFirst) listen();
    opened.then(() => {
      if (!receiveFirst) listen();
    });
  });
  const to = (type) => ({ actions: sendTo('line', { type }) });
  const machine = createMachine({ invoke: { id: 'line', src: line }, on: { fold: to('fold'), call: to('call') } });
  const actor = createActor(machine);
  actor.subscribe({ error: (error) => errors.push(error) });
  actor.start();
  actor.send({ type: 'fold' });
  open();
  await new Promise((resolve) => setTimeout(resolve, 20));
  actor.send({ type: 'call' });
  actor.stop();
  return sent;
};
assert.deepEqual(await heard(true), ['fold', 'call']);
const seen = await heard(false);
assert.deepEqual([seen, errors], [['call'], []]);
console.log('xstate 5.33.3: sent fold while connecting and call afterwards - heard:', seen.join(', '));
EOF
node probe.mjs
