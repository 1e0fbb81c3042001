#!/usr/bin/env bash
# human-interval 2.0.1, seen 2026-11-28.
# Guess:  "an hour" is an hour, as "one hour" is; what is not understood gives NaN, as "1h30m" does.
# Seen:   "an hour" and "a day" are 0 milliseconds, and so is "half an hour"; "one hour" is right.
# Hurt:   a list that is to be read again every "half an hour" is read without a pause, until the platform refuses the address.
# Do:     refuse 0 and NaN alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts human-interval@2.0.1 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import interval from 'human-interval';

const read = ['one hour', 'an hour', 'half an hour', 'a day', '1h30m'].map((text) => interval(text));
assert.deepEqual(read, [3_600_000, 0, 0, 0, Number.NaN]);
console.log('human-interval 2.0.1: one hour, an hour, half an hour, a day, 1h30m:', read.join(', '));
END
node probe.mjs
