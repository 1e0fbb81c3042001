#!/usr/bin/env bash
# file-stream-rotator 1.0.0 and 0.6.1, seen 2026-11-28.
# Guess:  lines that were written before the file is full are in the old file, later ones in the new: rotation ends one stream and opens another.
# Seen:   it destroys the old stream, with all that waits in it. Of thirty lines written in one go over two rotations eight are kept, the last ones;
#         the full files are empty, and no error is emitted. Lines with a pause between them are kept.
# Hurt:   logs and records that come in bursts: what a hand or a disconnect writes in one turn of the event loop is gone when the file fills up in it,
#         and that is when most is written. A quiet test of the rotation passes.
# Do:     end_stream: true, which keeps all thirty; it is off by default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts new@npm:file-stream-rotator@1.0.0 old@npm:file-stream-rotator@0.6.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { mkdirSync, readdirSync, readFileSync } = require('node:fs');
const { setTimeout: pause } = require('node:timers/promises');
const rotators = { new: require('new'), old: require('old') };

const line = (number) => String(number).padStart(5, '0') + 'x'.repeat(94) + '\n';
console.log = () => {}; // 0.6.1 tells of each rotation
const kept = async (folder, name, options) => {
  mkdirSync(folder);
  const errors = [];
  const stream = rotators[name].getStream({ filename: folder + '/log', size: '1k', audit_file: folder + '.json', ...options });
  stream.on('error', (error) => errors.push(error.code));
  for (let number = 0; number < 30; number += 1) stream.write(line(number));
  await pause(500);
  stream.end();
  await pause(200);
  const lines = readdirSync(folder)
    .map((name) => readFileSync(folder + '/' + name, 'utf8'))
    .join('')
    .match(/[0-9]{5}x{94}/g);
  return { lines: lines.length, errors };
};

(async () => {
  assert.deepEqual(await kept('a', 'new', { end_stream: true }), { lines: 30, errors: [] });
  assert.deepEqual(await kept('b', 'old', { end_stream: true }), { lines: 30, errors: [] });
  const seen = await kept('c', 'new');
  assert.deepEqual(seen, { lines: 8, errors: [] });
  assert.deepEqual(await kept('d', 'old'), seen);
  console.info('file-stream-rotator 1.0.0: thirty lines in one go:', seen.lines, 'are in the files, errors:', seen.errors.length);
})();
EOF
node probe.cjs
