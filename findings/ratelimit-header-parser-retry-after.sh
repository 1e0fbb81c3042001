#!/usr/bin/env bash
# ratelimit-header-parser 0.1.0, seen 2026-11-28.
# Guess:  for a 429 with `retry-after: 30` and no reset header, `reset` is a date 30 seconds from now.
# Seen:   it is 1970-01-01T00:00:30Z: where the reset header is missing, retry-after is read as seconds since 1970, and in its other form, a date,
#         it gives an invalid Date. The option reset: 'seconds' does not help, as it reads the missing header.
# Hurt:   clients that wait until `reset`: the wait is 56 years in the past, so they knock at once and again until they are banned; with
#         a date the wait is NaN, which setTimeout takes for 1 ms.
# Do:     read retry-after yourself, both forms; take no wait below zero or NaN for "now".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts ratelimit-header-parser@0.1.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { parseRateLimit } from 'ratelimit-header-parser';

const resetOf = (more, options) => {
  const headers = { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', ...more };
  const { reset } = parseRateLimit(new Response(null, { status: 429, headers }), options);
  return Number.isNaN(reset.getTime()) ? 'invalid' : reset.toISOString();
};
const soon = (iso) => Math.abs(Date.parse(iso) - Date.now() - 30_000) < 5000;
const seen = {
  seconds: resetOf({ 'retry-after': '30' }),
  date: resetOf({ 'retry-after': new Date(Date.now() + 30_000).toUTCString() }),
  'seconds, told': resetOf({ 'retry-after': '30' }, { reset: 'seconds' }),
};
assert.deepEqual(Object.values(seen), ['1970-01-01T00:00:30.000Z', 'invalid', 'invalid']);
assert.ok(soon(resetOf({ 'x-ratelimit-reset': '30' })));
console.log('ratelimit-header-parser 0.1.0: reset of a 429 with retry-after alone:', JSON.stringify(seen));
EOF
node probe.mjs
