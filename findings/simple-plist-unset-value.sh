#!/usr/bin/env bash
# simple-plist 1.4.0, seen 2026-11-28.
# Guess:  a value that is undefined leaves its key out, as JSON and plist 5.0.0 do.
# Seen:   the key is written and its value is not: the next key stands where a value belongs. The library itself cannot read what it wrote.
# Hurt:   a service of launchd with one optional field that is unset, say its working folder, is refused as a whole: the bot does not come back
#         after a reboot.
# Do:     drop undefined fields first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts simple-plist@1.4.0 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import plist from 'simple-plist';

const text = plist.stringify({ Label: 'bot', WorkingDirectory: undefined, ThrottleInterval: 30 });
assert.match(text, /<key>WorkingDirectory<\/key>\s*<key>ThrottleInterval<\/key>/);
assert.throws(() => plist.parse(text), /Unexpected key/);
assert.deepEqual(plist.parse(plist.stringify({ Label: 'bot', ThrottleInterval: 30 })), { Label: 'bot', ThrottleInterval: 30 });
console.log('simple-plist 1.4.0:', text.split('\n').slice(4, 9).map((line) => line.trim()).join(' '));
END
node probe.mjs
