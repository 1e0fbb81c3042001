#!/usr/bin/env bash
# @nats-io/transport-node 3.3.1 (NATS client), seen 2026-11-28.
# Guess:  what is published while the client reconnects waits in its buffer and goes out with the new connection; if not, publish throws.
# Seen:   neither. publish() returns as always and the message is thrown away when the new connection is made: the outbound buffer is
#         emptied first. A message published after the reconnect arrives. The subscriptions come back, so all looks well.
# Hurt:   an answer that a remote bot publishes during a hiccup of one second, or an event for a ledger: gone without
#         an error, and the turn is lost to the clock.
# Do:     ask for an acknowledgement (request, or JetStream's publish), or keep messages until status() has told 'reconnect' and a
#         flush has come back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @nats-io/transport-node@3.3.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import net from 'node:net';
import { connect } from '@nats-io/transport-node';

const published = [];
const open = new Set();

/** As much of a NATS server as one publisher needs: it greets, answers pings and notes what is published. */
function serve(port) {
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    socket.write('INFO {"server_id":"probe","version":"2.10.0","max_payload":1048576,"proto":1,"headers":true}\r\n');
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (line === 'PING') socket.write('PONG\r\n');
        if (line.startsWith('PUB ')) published.push(line.split(' ')[1]);
      }
    });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

let server = await serve(0);
const { port } = server.address();
const client = await connect({ servers: `127.0.0.1:${port}`, reconnectTimeWait: 50, reconnectJitter: 1, maxReconnectAttempts: -1 });
const status = client.status()[Symbol.asyncIterator]();
const told = async (type) => {
  for (;;) {
    const { value, done } = await status.next();
    assert.ok(!done, `closed before ${type}`);
    if (value.type === type) return;
  }
};

client.publish('before');
await client.flush();
server.close();
for (const socket of open) socket.destroy();
await told('disconnect');
client.publish('while-away');
server = await serve(port);
await told('reconnect');
client.publish('after');
await client.flush();
await client.close();
server.close();

assert.deepEqual(published, ['before', 'after']);
console.log('@nats-io/transport-node 3.3.1: published before, while away and after; arrived:', published.join(', '));
EOF
timeout 30 node probe.mjs
