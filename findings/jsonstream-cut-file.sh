#!/usr/bin/env bash
# JSONStream 1.3.5 (stream-json 1.9.1 beside it), seen 2026-11-28.
# Guess:  a list that ends in the middle is an error, as it is for JSON.parse.
# Seen:   the elements before the cut arrive, then `end`, and no `error`: in the middle of an object, after a comma, behind an object whose list was
#         never closed. Wrong text inside is an error, a missing rest is not.
# Hurt:   an importer of histories: a download that broke off, a disk that was full or a process that died while it wrote leave half a file. It is
#         read as a whole one of fewer hands, and the sums are plausible.
# Do:     compare with a count or a last element of the file's own, or JSON lines with one closing record; or stream-json, which refuses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts JSONStream@1.3.5 stream-json@1.9.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Readable } = require('node:stream');
const JSONStream = require('JSONStream');
const StreamArray = require('stream-json/streamers/StreamArray');

const outcome = (text, parser) =>
  new Promise((resolve) => {
    let hands = 0;
    Readable.from([text])
      .pipe(parser)
      .on('data', () => (hands += 1))
      .on('error', () => resolve(`${hands}, error`))
      .on('end', () => resolve(`${hands}, end`));
  });

(async () => {
  const whole = '[{"hand":1},{"hand":2},{"hand":3}]';
  const cuts = [whole, whole.slice(0, 28), whole.slice(0, 23), whole.slice(0, 22), whole.slice(0, -1)];
  const seen = [];
  for (const text of cuts) seen.push(await outcome(text, JSONStream.parse('*')));
  assert.deepEqual(seen, ['3, end', '2, end', '2, end', '2, end', '3, end']);
  assert.equal(await outcome('[{"hand":1},{"hand"?2}]', JSONStream.parse('*')), '1, error');
  assert.equal(await outcome(whole, StreamArray.withParser()), '3, end');
  for (const text of cuts.slice(1)) assert.match(await outcome(text, StreamArray.withParser()), /error$/);
  console.log('JSONStream 1.3.5:', cuts[1], '->', seen[1], '- stream-json:', await outcome(cuts[1], StreamArray.withParser()));
})();
EOF
node probe.cjs
