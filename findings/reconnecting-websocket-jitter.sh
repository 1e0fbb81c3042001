#!/usr/bin/env bash
# reconnecting-websocket 4.4.0, seen 2026-11-28.
# Guess:  the random part of the first wait ("1000 + Math.random() * 4000") is drawn for each socket or each wait, so that many sockets spread.
# Seen:   it is drawn once, when the module is loaded. All sockets of a process have the same wait, and the same next ones, to the
#         millisecond, all day. (partysocket, of the same code, waits 3 seconds without a random part.)
# Hurt:   an agent that holds fifty seats in one process, or a test of a fleet: when the platform drops them, all fifty dial in the same
#         instant, again and again, which is what the random part is there to prevent.
# Do:     give each socket a minReconnectionDelay drawn by yourself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts reconnecting-websocket@4.4.0 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
await once(server, 'listening');
const url = `ws://127.0.0.1:${server.address().port}`;
const options = { WebSocket, minUptime: 60_000, connectionTimeout: 60_000 };
const clients = Array.from({ length: 20 }, () => new ReconnectingWebSocket(url, [], options));
const all = (type) => Promise.all(clients.map((client) => new Promise((resolve) => client.addEventListener(type, resolve))));
await all('open');

/** Waits between the drop and the next dial, noted as they are asked for. */
const waits = [];
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...rest) => {
  if (delay >= 1000 && delay <= 5000) waits.push(delay);
  return realTimeout(callback, delay, ...rest);
};
const closed = all('close');
for (const socket of server.clients) socket.terminate();
await closed;
await new Promise((resolve) => realTimeout(resolve, 200));

assert.equal(waits.length, 20);
assert.equal(new Set(waits).size, 1);
console.log('reconnecting-websocket 4.4.0: 20 sockets dropped, different waits until they dial:', new Set(waits).size, `(${Math.round(waits[0])} ms)`);
process.exit();
EOF
timeout 30 node probe.mjs
