#!/usr/bin/env bash
# Deno 2.9.6 (package @deno/*), its own WebSocket, seen 2026-11-28.
# Guess:  a connection that breaks without a close frame ends with code 1006 in the `close` event, as the standard says and browsers do.
# Seen:   the code is 0, for a cut line, a refused dial and a 503 alike. Codes of close frames are right. The package ws gives 1006 under Deno as
#         everywhere.
# Hurt:   rules by code: "1006: dial again", or a table of codes whose default is "give up". Under Deno the common case of a bad network is an unknown
#         code, so the bot leaves its seat for good; a counter of drops by code has a row 0.
# Do:     dial again when wasClean is false, whatever the code is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
package=@deno/$(node -p 'process.platform + "-" + process.arch + (process.platform === "linux" ? "-glibc" : "")')
npm install --no-audit --no-fund --ignore-scripts "$package@2.9.6" ws@8.23.0 >/dev/null
cat > probe.mjs <<'EOF'
import { once } from 'node:events';
import process from 'node:process';
import { WebSocket as WsSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, verifyClient: ({ req }) => req.url !== '/refused' });
await once(server, 'listening');
server.on('connection', (socket, { url }) => {
  if (url === '/cut') socket.terminate();
  else socket.close(1012);
});
const code = (Socket, path) =>
  new Promise((resolve) => {
    const socket = new Socket('ws://127.0.0.1:' + server.address().port + path);
    socket.onerror = () => {};
    socket.onclose = (event) => resolve(event.code);
  });
const codes = async (Socket) => [await code(Socket, '/cut'), await code(Socket, '/refused'), await code(Socket, '/restart')];
console.log('ws ' + (await codes(WsSocket)));
if ('Deno' in globalThis) console.log('own ' + (await codes(globalThis.WebSocket)));
process.exit();
EOF
inNode=$(timeout 60 node probe.mjs)
inDeno=$(DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1 timeout 60 "node_modules/$package/deno" run -A probe.mjs)
[ "$inNode" = 'ws 1006,1006,1012' ] || { echo "Node: $inNode"; exit 1; }
[ "$inDeno" = $'ws 1006,1006,1012\nown 0,0,1012' ] || { echo "Deno: $inDeno"; exit 1; }
echo "Deno 2.9.6: close codes of a cut line, a refused dial and a restart: ${inDeno//$'\n'/ - }"
