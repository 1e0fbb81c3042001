#!/usr/bin/env bash
# backo2 1.0.2, and socket.io-client 4.8.4, which carries a copy, seen 2026-11-28.
# Guess:  a wait between tries grows up to `max` and stays about there, however long the other side is away.
# Seen:   with jitter it does for some thousand tries. Then the power behind it is infinite, infinity less a part of infinity is no number,
#         and half of the waits are 0. At a max of 10 seconds that begins after three hours, in socket.io with its defaults after an
#         hour and a half.
# Hurt:   a platform that comes up after a long outage meets clients that dial twice as often as agreed, every second time without a
#         pause: the fleet that was patient for hours keeps it down, or is banned.
# Do:     cap the attempts (`backoff.attempts = Math.min(backoff.attempts, 30)` before duration()), or reset() now and then; draw a few
#         thousand waits in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts backo2@1.0.2 socket.io-client@4.8.4 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const Backoff = require('backo2');
const { Manager } = require('socket.io-client');

const waits = (backoff) => Array.from({ length: 3000 }, () => backoff.duration());
const none = (list) => list.filter((wait) => wait === 0).length;
const seen = {};
for (const [name, backoff, max] of [
  ['backo2', new Backoff({ min: 100, max: 10_000, jitter: 0.5 }), 10_000],
  ['socket.io-client', new Manager('http://127.0.0.1', { autoConnect: false }).backoff, 5000],
]) {
  const list = waits(backoff);
  const start = list.slice(0, 1000);
  const late = none(list.slice(1100));
  assert.equal(none(start), 0, name);
  assert.ok(late > 800 && late < 1100, `${name}: ${late}`);
  assert.equal(Math.max(...list), max, name);
  seen[name] = Math.round((100 * late) / 1900);
}
console.log('waits of 0 among tries 1,101 to 3,000 (none among the first 1,000), per cent:', JSON.stringify(seen));
EOF
node probe.cjs
