#!/usr/bin/env bash
# eventsource 4.1.1 (and 2.0.2), seen 2026-11-28.
# Guess:  an EventSource reconnects by itself, so a page or a script that follows a dashboard outlives a restart of what is behind a proxy.
# Seen:   it outlives a dropped connection only. One answer of 502, as a proxy gives it while the server restarts, ends the stream for
#         good: the state is CLOSED and nothing is dialed again. That is the standard; version 2 of the same package dialed on after
#         500, 502, 503 and 504, so the update alone changes it.
# Hurt:   whoever watches seats over days: after the next deployment the view stands still and shows its last numbers, "connected".
# Do:     look at readyState in `error` and make a new EventSource when it is CLOSED; show the age of the last event.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts eventsource@4.1.1 eventsource-2@npm:eventsource@2.0.2 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { EventSource } from 'eventsource';

const OldEventSource = createRequire(import.meta.url)('eventsource-2');

/** A stream that ends, one 502, then the stream again: how often the client asks, and the state it is in. */
async function follow(Client) {
  let requests = 0;
  const server = http.createServer((_, response) => {
    requests++;
    if (requests === 2) return response.writeHead(502).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 20\ndata: seated\n\n');
    if (requests === 1) response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const source = new Client(`http://127.0.0.1:${server.address().port}`);
  source.onerror = () => {};
  await pause(1000);
  const seen = { requests, state: ['connecting', 'open', 'closed'][source.readyState] };
  source.close();
  server.closeAllConnections();
  server.close();
  return seen;
}

const seen = { 4: await follow(EventSource), 2: await follow(OldEventSource) };
assert.deepEqual(seen, { 4: { requests: 2, state: 'closed' }, 2: { requests: 3, state: 'open' } });
console.log('eventsource after a drop and one 502:', JSON.stringify(seen));
process.exit();
EOF
timeout 30 node probe.mjs
