#!/usr/bin/env bash
# http-terminator 3.2.0, stoppable 1.1.0 and http-graceful-shutdown 4.0.0, seen 2026-11-28.
# Guess:  a graceful stop with a grace of some seconds leaves open connections that time: a WebSocket is one.
# Seen:   all three wait for requests whose answer is under way. A WebSocket has no answer under way, so it counts as idle and its socket is
#         destroyed within some milliseconds, without a close frame: the client sees 1006. A plain request beside it is finished.
# Hurt:   a platform or a gateway behind such a package: each deployment breaks every match at once, in the middle of its turns, and
#         all clients dial again in the same second.
# Do:     close the WebSocket server's own clients first (with a code, when their match is over), and only then stop the HTTP
#         server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts http-graceful-shutdown@4.0.0 http-terminator@3.2.0 stoppable@1.1.0 ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import gracefulShutdown from 'http-graceful-shutdown';
import { createHttpTerminator } from 'http-terminator';
import stoppable from 'stoppable';
import { WebSocket, WebSocketServer } from 'ws';

const grace = 2000;
const packages = {
  'http-terminator': (server) => {
    const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: grace });
    return () => terminator.terminate();
  },
  stoppable: (server) => {
    stoppable(server, grace);
    return () => new Promise((resolve) => server.stop(resolve));
  },
  'http-graceful-shutdown': (server) => gracefulShutdown(server, { timeout: grace, forceExit: false, signals: '' }),
};

/** A stop while a request is under way (half a second long) and a WebSocket is open: what becomes of both. */
async function stopWith(prepare) {
  const server = http.createServer((_, response) => setTimeout(() => response.end('finished'), 500));
  const stop = prepare(server);
  const sockets = new WebSocketServer({ server });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(socket, 'open');
  const answer = fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } }).then((response) => response.text());
  await once(server, 'request');
  const started = performance.now();
  const closed = once(socket, 'close').then(([code]) => ({ code, early: performance.now() - started < 400 }));
  const stopped = stop();
  const seen = { request: await answer, socket: await closed };
  sockets.close();
  await stopped;
  return seen;
}

for (const [name, prepare] of Object.entries(packages)) {
  assert.deepEqual(await stopWith(prepare), { request: 'finished', socket: { code: 1006, early: true } }, name);
}
console.log(`a stop with ${grace} ms of grace in three packages: the request is finished, the WebSocket is cut at once with 1006`);
process.exit();
EOF
timeout 60 node probe.mjs
