#!/usr/bin/env bash
# reconnecting-websocket 4.4.0, seen 2026-11-28.
# Guess:  after maxRetries failures it rests, and reconnect(), "resets retry counter", starts anew.
# Seen:   the lock that keeps two dials apart is still held when it gives up. reconnect() returns and nothing is dialed, then or later. Giving
#         up itself fires no event of its own: the last `close` looks like those before it. partysocket 1.3.0, which grew out of the same
#         code, dials.
# Hurt:   an agent with a bound on retries and a supervisor, or a person at a button, that calls reconnect() when the platform is back: the
#         seat stays empty though every call succeeds.
# Do:     make a new object in place of reconnect(), or no maxRetries and a long maxReconnectionDelay; count the tries in your own `close`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts partysocket@1.3.0 reconnecting-websocket@4.4.0 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import PartySocket from 'partysocket/ws';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { WebSocket, WebSocketServer } from 'ws';

async function listen(port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return server;
}

/** The connections that a client makes: at first, and after a rest of its server and a call of reconnect(). */
async function connections(Client) {
  const first = await listen();
  const { port } = first.address();
  const options = { WebSocket, maxRetries: 2, minReconnectionDelay: 20, maxReconnectionDelay: 20 };
  const client = new Client(`ws://127.0.0.1:${port}`, [], options);
  let opened = 0;
  let failed = 0;
  client.addEventListener('open', () => opened++);
  client.addEventListener('error', () => failed++);
  while (opened === 0) await pause(10);
  first.close();
  for (const socket of first.clients) socket.terminate();
  while (failed < 2) await pause(10);
  await pause(100);
  const second = await listen(port);
  client.reconnect();
  await pause(500);
  client.close();
  second.close();
  return opened;
}

const seen = { 'reconnecting-websocket': await connections(ReconnectingWebSocket), partysocket: await connections(PartySocket) };
assert.deepEqual(seen, { 'reconnecting-websocket': 1, partysocket: 2 });
console.log('connections with one reconnect() after giving up:', JSON.stringify(seen));
process.exit();
EOF
timeout 30 node probe.mjs
