#!/usr/bin/env bash
# undici 7.30.2, seen 2026-11-28.
# Guess:  RetryAgent obeys `retry-after`: after a 429 with 300 it asks again in five minutes.
# Seen:   it waits for the smaller of the header and maxTimeout, which is 30 seconds by default. All five retries fall into the time in which
#         the server has asked to be left alone, and the request has failed for good half-way through it.
# Hurt:   an agent that asks a platform for a lobby or a match: each retry counts as an offence there, so a limit of minutes
#         becomes a longer one or a ban, by the very tool that was to respect it.
# Do:     set maxTimeout above the longest wait that the other side names, or take 429 out of statusCodes and wait yourself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts undici@7.30.2 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { Agent, RetryAgent, request } from 'undici';

let asked = 0;
const server = http.createServer((_, response) => {
  asked++;
  response.writeHead(429, { 'retry-after': '300' }).end();
});
await once(server.listen(0, '127.0.0.1'), 'listening');

/** Timers of 20 seconds and more run at once; their delays are noted. */
const waits = [];
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...rest) => {
  if (delay < 20_000) return realTimeout(callback, delay, ...rest);
  waits.push(delay / 1000);
  return realTimeout(callback, 1, ...rest);
};
const failed = await request(`http://127.0.0.1:${server.address().port}`, { dispatcher: new RetryAgent(new Agent()) }).then(
  () => false,
  (error) => error.statusCode,
);
globalThis.setTimeout = realTimeout;

assert.equal(failed, 429);
assert.equal(asked, 6);
assert.deepEqual(waits, [30, 30, 30, 30, 30]);
console.log('undici 7.30.2: told to wait 300 s, it asked again after waits of', waits.join(', '), 's');
process.exit();
EOF
timeout 30 node probe.mjs
