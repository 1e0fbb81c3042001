#!/usr/bin/env bash
# sockette 2.0.6, seen 2026-11-28.
# Guess:  it opens the socket again after each close that the user did not ask for, so after the restart of a server, too.
# Seen:   a close with 1001 ("going away", what servers send when they shut down) ends it for good, as 1000 and 1005 do: no reconnect, and
#         nothing but onclose tells. With 1012 ("service restart") or a cut line it comes back.
# Hurt:   bots and dashboards behind a server that restarts in an orderly way: they stay away for ever, while a crash of
#         the same server, and so most tests, is survived.
# Do:     open it yourself in onclose for all codes but those that your own close() gives; test with the server's own shutdown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts sockette@2.0.6 ws@8.23.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { once } = require('node:events');
const Sockette = require('sockette');
const { WebSocket, WebSocketServer } = require('ws');

globalThis.WebSocket = WebSocket;
const connectionsAfter = async (code) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    if (connections < 3) socket.close(code);
  });
  const client = new Sockette(`ws://127.0.0.1:${server.address().port}`, { timeout: 20 });
  await new Promise((resolve) => setTimeout(resolve, 800));
  client.close();
  server.close();
  return connections;
};
const main = async () => {
  const seen = { 1001: await connectionsAfter(1001), 1011: await connectionsAfter(1011), 1012: await connectionsAfter(1012) };
  assert.deepEqual(seen, { 1001: 1, 1011: 3, 1012: 3 });
  console.log('sockette 2.0.6: connections when the server closes the first two with a code:', JSON.stringify(seen));
  process.exit();
};
main();
EOF
node probe.cjs
