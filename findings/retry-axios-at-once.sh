#!/usr/bin/env bash
# retry-axios 4.0.3 with axios 1.21.1, seen 2026-11-28.
# Guess:  `retry-after: 0`, or a date that has just passed, means: try again at once; and so it does.
# Seen:   it means: do not try again. The first 429 is thrown after one request, whatever `retry` says. Without the header the request is sent again, and
#         so it is with `retry-after: 1`. A server that counts whole seconds and rounds them down says 0 for the last one, and a
#         date is in the past as soon as the client's clock is ahead.
# Hurt:   a bot that asks for its seat at the end of a pause is told "now" and gives up, where it would have been let in; worse, only
#         some of the time, since it hangs on fractions of a second and on the two clocks.
# Do:     checkRetryAfter: false with waits of your own, or an interceptor that makes a retry-after of 0 or of the past 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts retry-axios@4.0.3 axios@1.21.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import http from 'node:http';
import axios from 'axios';
import * as rax from 'retry-axios';

let requests = 0;
const server = http.createServer(({ url }, answer) => {
  requests += 1;
  if (requests > 1) return answer.end('seated');
  const header = decodeURIComponent(url.slice(1));
  return answer.writeHead(429, header === '' ? {} : { 'retry-after': header }).end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

async function ask(header, options = {}) {
  requests = 0;
  const client = axios.create({ proxy: false, raxConfig: { retry: 3, retryDelay: 1, ...options } });
  rax.attach(client);
  const url = `http://127.0.0.1:${server.address().port}/${encodeURIComponent(header)}`;
  const answer = await client.get(url).then(({ data }) => data, ({ response }) => response.status);
  return `${answer} after ${requests}`;
}
const seen = {
  none: await ask(''),
  1: await ask('1'),
  0: await ask('0'),
  past: await ask(new Date(Date.now() - 1_000).toUTCString()),
  unread: await ask('0', { checkRetryAfter: false }),
};
server.close();
server.closeAllConnections();
assert.deepEqual(seen, { none: 'seated after 2', 1: 'seated after 2', 0: '429 after 1', past: '429 after 1', unread: 'seated after 2' });
console.log(`retry-axios 4.0.3: retry-after 1: ${seen[1]} requests - 0: ${seen[0]} - a second ago: ${seen.past}`);
EOF
node probe.mjs
