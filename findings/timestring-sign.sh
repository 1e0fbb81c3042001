#!/usr/bin/env bash
# timestring 7.0.0, seen 2026-11-28.
# Guess:  "-12m" is twelve minutes before, or is refused.
# Seen:   the sign is dropped: "-12m" and "+12m" are both 720 seconds.
# Hurt:   "enter the lobby at -12m" from the mark of a fixture enters it twelve minutes after the mark: the platform has given the fixture up.
# Do:     read the sign before, and hand on the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts timestring@7.0.0 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import timestring from 'timestring';

const seconds = ['12m', '+12m', '-12m'].map((text) => timestring(text));
assert.deepEqual(seconds, [720, 720, 720]);
console.log('timestring 7.0.0: seconds of 12m, +12m, -12m:', seconds.join(', '));
END
node probe.mjs
