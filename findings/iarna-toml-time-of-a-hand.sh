#!/usr/bin/env bash
# @iarna/toml 3.0.0, seen 2026-11-28.
# Guess:  a TOML parser downloaded twenty million times a month reads every .phh hand: lists, texts, whole numbers and a `time`.
# Seen:   `time = 22:02:00` with the next field on the line below is refused ("Unexpected character" at the start of that next
#         line). The same text is read when `time` is the last line, has a fraction, or is followed by a blank or a comment.
# Hurt:   an importer that skips what it cannot parse: hands with a time of day are left out, and others of the same
#         writer are taken, so sums look plausible. The message blames the innocent line.
# Do:     read .phh with another parser (smol-toml reads all five); a writer for unknown readers gives `time` a fraction or puts it last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @iarna/toml@3.0.0 smol-toml@1.9.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import iarna from '@iarna/toml';
import * as smol from 'smol-toml';

const files = {
  inTheMiddle: 'time = 22:02:00\nday = 27\n',
  last: 'day = 27\ntime = 22:02:00\n',
  fraction: 'time = 22:02:00.0\nday = 27\n',
  blankLine: 'time = 22:02:00\n\nday = 27\n',
  comment: 'time = 22:02:00 # local\nday = 27\n',
};
const days = (parse) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      try {
        return [name, parse(text).day];
      } catch (error) {
        return [name, error.message.split(',')[0]];
      }
    }),
  );
const all = { inTheMiddle: 27, last: 27, fraction: 27, blankLine: 27, comment: 27 };
assert.deepEqual(days(smol.parse), all);
assert.deepEqual(days(iarna.parse), { ...all, inTheMiddle: 'Unexpected character' });
console.log('@iarna/toml 3.0.0: `time = 22:02:00` is refused in the middle of a hand, read in four other places');
EOF
node probe.mjs
