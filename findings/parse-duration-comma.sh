#!/usr/bin/env bash
# parse-duration 2.1.9, seen 2026-11-28.
# Guess:  "1,5h" is an hour and a half, as half of Europe writes it, or is refused.
# Seen:   the comma is dropped: it is 15 hours. "0,5h" is 5 hours. Nothing is thrown, and "1.5h" is right.
# Hurt:   a limit of lobby hours a day that is ten times too high: the platform closes the lobby long before the bot expects it.
# Do:     refuse a comma before it is parsed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts parse-duration@2.1.9 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import parse from 'parse-duration';

const hours = ['1.5h', '1,5h', '0,5h'].map((text) => parse(text, 'h'));
assert.deepEqual(hours, [1.5, 15, 5]);
console.log('parse-duration 2.1.9: hours of 1.5h, 1,5h, 0,5h:', hours.join(', '));
END
node probe.mjs
