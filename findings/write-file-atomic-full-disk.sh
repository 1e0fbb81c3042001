#!/usr/bin/env bash
# write-file-atomic 7.0.1 and atomically 2.1.1, seen 2026-11-28.
# Guess:  on a full disk an atomic write fails and the old file stays whole; that is what the temporary file and the rename are for.
# Seen:   the write resolves and the old file is replaced by the first part of the new one. Both ask the system to write once and do not look at
#         how many bytes it took, and a disk that fills up takes a part without an error. fs.writeFile asks for the rest and fails.
#         A limit on the size of files stands for the disk here; a full tmpfs of 16 KiB did the same.
# Hurt:   state files and tables of results: JSON cut in the middle, with the last good copy gone, and "saved" in the log.
# Do:     compare the size of the temporary file before it is renamed, or write it with fs.writeFile, sync and rename; keep the last copy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts write-file-atomic@7.0.1 atomically@2.1.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile as plain } from 'node:fs/promises';
import { writeFile as atomically } from 'atomically';
import writeFileAtomic from 'write-file-atomic';

process.on('SIGXFSZ', () => {});
const state = JSON.stringify({ hands: 'x'.repeat(9000) });
const save = async (name, write) => {
  writeFileSync(name, '{"hands":"old"}');
  const outcome = await write(name, state).then(
    () => 'resolved',
    (error) => error.code,
  );
  return `${outcome}, ${readFileSync(name).length} of ${state.length} bytes`;
};
const seen = {
  'write-file-atomic': await save('a.json', writeFileAtomic),
  atomically: await save('b.json', atomically),
  'fs.writeFile': await save('c.json', plain),
};
assert.deepEqual(Object.values(seen), ['resolved, 4096 of 9012 bytes', 'resolved, 4096 of 9012 bytes', 'EFBIG, 4096 of 9012 bytes']);
console.log('write-file-atomic 7.0.1, atomically 2.1.1, room for 4,096 bytes:', JSON.stringify(seen));
EOF
# the limit counts blocks of 1,024 bytes; the signal for it is caught above, so that a write past it is an error as on a full disk
ulimit -f 4
node probe.mjs
