#!/usr/bin/env bash
# proxy-agent 8.0.3 with ws 8.23.0, seen 2026-11-28.
# Guess:  an agent that follows HTTP_PROXY and HTTPS_PROXY sends everything it is given through that proxy, WebSockets too: they begin as HTTP.
# Seen:   for an upgrade request it asks for the proxy of the scheme ws: or wss:, which only WS_PROXY, WSS_PROXY or ALL_PROXY names.
#         With HTTP_PROXY alone a plain request goes through the proxy, and the WebSocket of the same agent to the same host is dialed directly.
# Hurt:   in a network with a proxy only: the HTTP calls of a lobby work, so token and proxy look right, and the seat never connects.
# Do:     give the option getProxyForUrl a function that answers ws: and wss: like http: and https:, or set ALL_PROXY; test with a proxy
#         that counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts proxy-agent@8.0.3 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { ProxyAgent } from 'proxy-agent';
import { WebSocket, WebSocketServer } from 'ws';

for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];

const listening = async (server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
};
let throughProxy = 0;
const proxy = http.createServer((request, response) => {
  throughProxy++;
  http.get(request.url, (answer) => answer.pipe(response));
});
proxy.on('connect', (request, socket) => {
  throughProxy++;
  const [host, port] = request.url.split(':');
  const target = net.connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    target.pipe(socket).pipe(target);
  });
  for (const end of [socket, target]) end.on('error', () => {});
});
const lobby = http.createServer((_request, response) => response.end('ok'));
new WebSocketServer({ server: lobby }).on('connection', (socket) => socket.close(1000));
const proxyUrl = `http://127.0.0.1:${await listening(proxy)}`;
const lobbyPort = await listening(lobby);

const counted = async (ask, options) => {
  throughProxy = 0;
  await ask(new ProxyAgent(options));
  return throughProxy;
};
const plain = async (agent) => {
  const [answer] = await once(http.get({ host: '127.0.0.1', port: lobbyPort, agent }), 'response');
  answer.resume();
  await once(answer, 'end');
};
const upgraded = (agent) => once(new WebSocket(`ws://127.0.0.1:${lobbyPort}`, { agent }), 'close');

process.env.HTTP_PROXY = proxyUrl;
process.env.HTTPS_PROXY = proxyUrl;
const seen = { plain: await counted(plain), webSocket: await counted(upgraded) };
const followed = { getProxyForUrl: (url) => (url.startsWith('ws:') ? process.env.HTTP_PROXY : '') };
seen.webSocketWithOwnAnswer = await counted(upgraded, followed);
process.env.ALL_PROXY = proxyUrl;
seen.webSocketWithAllProxy = await counted(upgraded);
assert.deepEqual(seen, { plain: 1, webSocket: 0, webSocketWithOwnAnswer: 1, webSocketWithAllProxy: 1 });
console.log('proxy-agent 8.0.3: with HTTP_PROXY set, requests through the proxy:', seen.plain, 'of 1, WebSockets:', seen.webSocket, 'of 1');
process.exit(0);
EOF
timeout 30 node probe.mjs
