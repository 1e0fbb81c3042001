#!/usr/bin/env bash
# rate-limiter-flexible 11.4.0, seen 2026-11-28.
# Guess:  new RateLimiterMemory({ points: 2, duration: 30 * 86400 }) lets a key through twice in 30 days, as it does with 24 days.
# Seen:   it lets every call through. The key is forgotten by a timer, and a timer of more than 24.8 days fires at once. Nothing but a warning of
#         Node itself tells, once per process; the calls resolve with one point left each time.
# Hurt:   whoever keeps a monthly budget (logins, matches, calls of an API) in the process: there is none, and the other side
#         answers with its own ban.
# Do:     no duration above 24 days; count by a date written in UTC, such as the key 'bot:2026-11' in a store.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts rate-limiter-flexible@11.4.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';

process.removeAllListeners('warning');
const letThrough = async (days) => {
  const limiter = new RateLimiterMemory({ points: 2, duration: days * 86_400 });
  let passed = 0;
  for (let call = 0; call < 5; call++) {
    await limiter.consume('bot').then(
      () => passed++,
      () => {},
    );
    await pause(10);
  }
  return passed;
};
const seen = { 24: await letThrough(24), 30: await letThrough(30) };
assert.deepEqual(seen, { 24: 2, 30: 5 });
console.log('rate-limiter-flexible 11.4.0: of 5 calls with 2 points: 24 days', seen[24], '- 30 days', seen[30]);
process.exit();
EOF
node probe.mjs
