#!/usr/bin/env bash
# @statelyai/inspect 0.7.2 with xstate 5.33.3, seen 2026-11-28.
# Guess:  createWebSocketInspector dials again when its viewer was restarted, as it does while the viewer is not there yet.
# Seen:   it dials again, after 5 seconds, when a dial fails; when an open connection closes, never. The messages from then on are put by, up to
#         200, and nothing tells of it.
# Hurt:   an agent that runs for days with an inspector beside it: after the first restart or hiccup of the viewer its charts stand still. The page
#         is connected to its server, the agent plays, and what is looked for is a fault of the agent.
# Do:     stop() and start() of the inspector on a timer or a signal: start() dials anew and sends what was put by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @statelyai/inspect@0.7.2 xstate@5.33.3 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createWebSocketInspector } from '@statelyai/inspect';
import { WebSocketServer } from 'ws';
import { createActor, createMachine } from 'xstate';

let dials = 0;
const told = [];
const open = async (port) => {
  const viewer = new WebSocketServer({ host: '127.0.0.1', port });
  viewer.on('connection', (socket) => {
    dials += 1;
    socket.on('message', (data) => told.push(JSON.parse(data).event?.type));
  });
  await once(viewer, 'listening');
  return viewer;
};
const close = async (viewer) => {
  for (const client of viewer.clients) client.close(1001);
  await new Promise((resolve) => viewer.close(resolve));
};
const first = await open(0);
const { port } = first.address();
await close(first);

const inspector = createWebSocketInspector({ url: 'ws://127.0.0.1:' + port });
const actor = createActor(createMachine({ on: { one: {}, two: {}, three: {} } }), { inspect: inspector.inspect }).start();
await pause(1000);
const second = await open(port);
await once(second, 'connection', { signal: AbortSignal.timeout(10_000) });
assert.equal(dials, 1);

await close(second);
await open(port);
await pause(8000);
actor.send({ type: 'two' });
await pause(500);
assert.equal(dials, 1);
assert.equal(told.includes('two'), false);

inspector.stop();
inspector.start();
await pause(1000);
assert.equal(dials, 2);
assert.equal(told.includes('two'), true);
console.log('@statelyai/inspect 0.7.2: dials after 8 seconds with a restarted viewer: 0 - after stop() and start(): 1');
process.exit();
EOF
timeout 90 node probe.mjs
