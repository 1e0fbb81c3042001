#!/usr/bin/env bash
# ws 8.23.0 with events.once of Node, seen 2026-11-28.
# Guess:  after `await once(socket, 'open')` there is time to add the listener for messages: nothing is read before the caller goes on.
# Seen:   what came in one piece with the handshake is emitted in the same go, and the await continues after it. A server that greets at once
#         loses its greeting, and the frames behind it, at every connection from near by. With allowSynchronousEvents: false, or
#         with the listener added before the await, all arrive.
# Hurt:   clients in the style of awaits against a platform that sends `welcome` and the state of the match first: the seat waits for what it
#         has been sent, until the clock ends it. From far away, in pieces, it works.
# Do:     add the listener in the tick that makes the socket, or set the option; in tests let the server greet from its 'connection'.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
await once(server, 'listening');
server.on('connection', (socket) => {
  for (const frame of ['welcome', 'state', 'turn']) socket.send(frame);
});

/** Of 20 connections, how many get all three frames. */
const complete = async (options, listenEarly) => {
  let whole = 0;
  for (let index = 0; index < 20; index++) {
    const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`, options);
    const frames = [];
    const listen = () => socket.on('message', (data) => frames.push(String(data)));
    if (listenEarly) listen();
    await once(socket, 'open');
    if (!listenEarly) listen();
    await pause(30);
    if (frames.join() === 'welcome,state,turn') whole++;
    socket.terminate();
  }
  return whole;
};
const seen = {
  'listener after open': await complete({}, false),
  'listener first': await complete({}, true),
  'listener after open, asynchronous events': await complete({ allowSynchronousEvents: false }, false),
};
const [after, ...others] = Object.values(seen);
assert.ok(after < 10, `complete: ${after}`);
assert.deepEqual(others, [20, 20]);
console.log('ws 8.23.0: of 20 connections that are greeted at once, complete:', JSON.stringify(seen));
process.exit();
EOF
timeout 30 node probe.mjs
