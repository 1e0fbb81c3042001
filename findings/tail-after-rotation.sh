#!/usr/bin/env bash
# tail 2.2.6 on Linux, seen 2026-11-28.
# Guess:  follow: true, the default, goes on with the new file after a rotation ("simulate tail -F"), however its name was given.
# Seen:   by a relative name it stays with the file that was renamed: nothing of the new one is ever emitted, and no error. By an absolute name it
#         comes back, but not at the start: the first line of the new file is lost. With useWatchFile: true all lines arrive.
# Hurt:   a watcher of an agent's log or of a file of records: from the first rotation on it is quiet, as if nothing happened at the table, and an
#         alert that waits for a line never comes. Until then it works, so a short trial passes.
# Do:     useWatchFile: true, or `tail -F` of the system as a process.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts tail@2.2.6 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Tail } from 'tail';

/** What is told of a file of 4,000 bytes, one more line, a rotation and three lines in the new file. */
const heard = async (name, given, options) => {
  writeFileSync(name, 'old\n'.repeat(1000));
  const told = [];
  const tail = new Tail(given, options);
  tail.on('line', (line) => told.push(line));
  tail.on('error', (error) => told.push(String(error)));
  const append = async (line) => {
    appendFileSync(name, line + '\n');
    await pause(500);
  };
  await pause(500);
  await append('before');
  renameSync(name, name + '.1');
  writeFileSync(name, '');
  await pause(3000);
  for (const line of ['first', 'second', 'third']) await append(line);
  tail.unwatch();
  return told;
};
const [relative, absolute, watched] = await Promise.all([
  heard('a.log', 'a.log', {}),
  heard('b.log', resolve('b.log'), {}),
  heard('c.log', 'c.log', { useWatchFile: true, fsWatchOptions: { interval: 50 } }),
]);
assert.deepEqual(watched, ['before', 'first', 'second', 'third']);
assert.deepEqual(absolute, ['before', 'second', 'third']);
assert.deepEqual(relative, ['before']);
console.log('tail 2.2.6: of before | first, second, third: by a relative name', relative.join(', '), '- by an absolute one', absolute.join(', '));
EOF
node probe.mjs
