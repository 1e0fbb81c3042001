#!/usr/bin/env bash
# undici 6.29.1, seen 2026-11-28; the same line is behind the global WebSocket of Node 22 (process.versions.undici).
# Guess:  a dial that fails ends with `close`, as in browsers, so a reconnect in `onclose` covers dropped lines and failed dials.
# Seen:   a refused connection and an answer of 503 give `error` alone. No `close` follows and readyState stays 0, "connecting". A line that drops
#         after `open` does close, with 1006. undici 7.30.2 closes in all three cases, and so does the package ws.
# Hurt:   a bot that reconnects in `onclose`: it gets over the drop, dials while the server is still restarting, and that dial is its last. Nothing
#         throws, and readyState says that it is under way. A test that only cuts the line passes.
# Do:     dial again from `error`, too, once per socket; or undici 7 or ws.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts six@npm:undici@6.29.1 seven@npm:undici@7.30.2 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket as Seven } from 'seven';
import { WebSocket as Six } from 'six';
import { WebSocket as Ws, WebSocketServer } from 'ws';

const open = async (options) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  await once(server, 'listening');
  return { server, url: 'ws://127.0.0.1:' + server.address().port };
};
const cutting = await open({});
cutting.server.on('connection', (socket) => setTimeout(() => socket.terminate(), 50));
const busy = await open({ verifyClient: (_, answer) => answer(false, 503) });
const gone = await open({});
await new Promise((resolve) => gone.server.close(resolve));

const told = async (Socket, { url }) => {
  const types = [];
  const socket = new Socket(url);
  for (const type of ['open', 'error', 'close']) socket.addEventListener(type, () => types.push(type));
  await pause(2000);
  return { types: types.join(' '), readyState: socket.readyState };
};
const all = (Socket) => Promise.all([cutting, busy, gone].map((server) => told(Socket, server)));
const [six, seven, ws] = await Promise.all([Six, Seven, Ws].map(all));
const failed = { types: 'error close', readyState: 3 };
assert.deepEqual(ws, [{ types: 'open close', readyState: 3 }, failed, failed]);
assert.deepEqual([seven[1], seven[2]], [failed, failed]);
assert.match(seven[0].types, /^open.*close$/);
assert.match(six[0].types, /^open.*close$/);
const onlyError = { types: 'error', readyState: 0 };
assert.deepEqual([six[1], six[2]], [onlyError, onlyError]);
console.log('undici 6.29.1: cut:', six[0].types, '- 503:', six[1].types, '- refused:', six[2].types, 'with readyState', six[2].readyState);
process.exit();
EOF
timeout 60 node --no-warnings probe.mjs
