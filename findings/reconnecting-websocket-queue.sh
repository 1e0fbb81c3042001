#!/usr/bin/env bash
# reconnecting-websocket 4.4.0 and partysocket 1.3.0, seen 2026-11-28.
# Guess:  what is sent while the socket is away waits until the connection is usable again: after what the `open` handler sends.
# Seen:   the queue goes out first, the handlers of `open` run after it. An answer given while away reaches the new connection before
#         the login that `open` sends.
# Hurt:   a platform whose first frame must be the login closes such a connection as a breach of the protocol, so that one late
#         answer turns a hiccup into the end of the seat. And the answer is to a turn that the clock has settled.
# Do:     maxEnqueuedMessages: 0, and a queue of your own that `open` empties after the login, without what is out of date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts partysocket@1.3.0 reconnecting-websocket@4.4.0 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import PartySocket from 'partysocket/ws';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { WebSocket, WebSocketServer } from 'ws';

/** What a server receives, connection by connection, from a client that logs in on `open` and answers while it is away. */
async function received(Client) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const frames = [];
  const secondLogin = new Promise((resolve) => {
    server.on('connection', (socket) => {
      const own = [];
      frames.push(own);
      socket.on('message', (data) => {
        own.push(String(data));
        if (String(data) !== 'login') return;
        if (frames.length === 1) socket.close(1001);
        else resolve();
      });
    });
  });
  const options = { WebSocket, minReconnectionDelay: 20, maxReconnectionDelay: 20 };
  const client = new Client(`ws://127.0.0.1:${server.address().port}`, [], options);
  client.addEventListener('open', () => client.send('login'));
  let away = 0;
  client.addEventListener('close', () => away++ || client.send('answer'));
  await secondLogin;
  client.close();
  server.close();
  return frames;
}

const seen = { 'reconnecting-websocket': await received(ReconnectingWebSocket), partysocket: await received(PartySocket) };
for (const frames of Object.values(seen)) assert.deepEqual(frames, [['login'], ['answer', 'login']]);
console.log('second connection of both:', seen.partysocket[1].join(', then '));
process.exit();
EOF
timeout 30 node probe.mjs
