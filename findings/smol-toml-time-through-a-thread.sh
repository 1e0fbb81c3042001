#!/usr/bin/env bash
# smol-toml 1.9.1 and Node's worker threads, seen 2026-11-28.
# Guess:  a hand that was read in one thread can be posted to another and written there: it is numbers, texts, lists and a date class.
# Seen:   the clone turns the library's date class into a plain Date. The PHH field `time = 22:02:00` is then written as a full
#         date-time of the year 0 in UTC, and a day without a time as midnight of that day. Nothing throws.
# Hurt:   whoever converts large .phhs files in threads: the file is TOML, but no longer a PHH local time, and readers whose
#         calendar starts in the year 1 (Python's, so PokerKit) refuse the whole file for it.
# Do:     parse and write in the same thread, or carry times as text across the border and make the date class where it is written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts smol-toml@1.9.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { parse, stringify } from 'smol-toml';

const { port1, port2 } = new MessageChannel();
const hand = parse("variant = 'NT'\ntime = 22:02:00\nplayed = 2026-11-27\n");
port1.postMessage({ ...hand });
const posted = receiveMessageOnPort(port2).message;
port1.close();

const line = (table, key) => stringify(table).split('\n').find((text) => text.startsWith(key));
assert.equal(line(hand, 'time'), 'time = 22:02:00.000');
assert.equal(line(hand, 'played'), 'played = 2026-11-27');
assert.equal(line(posted, 'time'), 'time = 0000-01-01T22:02:00.000Z');
assert.equal(line(posted, 'played'), 'played = 2026-11-27T00:00:00.000Z');
console.log('smol-toml 1.9.1: `time = 22:02:00` posted to a thread is written as', line(posted, 'time'));
EOF
node probe.mjs
