#!/usr/bin/env bash
# conf 15.1.0, seen 2026-11-28.
# Guess:  set('ratings.tight.2026', 1512) makes objects in objects, or one key with dots in it.
# Seen:   a part of digits is a place in a list: `tight` becomes a list of 2,027 entries, 2,026 of them null, and all of them are written to the file.
#         The same name within an object that is set, `{ 'tight.2026': 1512 }`, is split as well.
# Hurt:   whoever keeps something by bot and version ("tight.2026", "v1.2"): the file grows with the number, a date as version makes it a hundred
#         megabytes, and who reads back all entries of a bot gets null for bots that never were.
# Do:     new Conf({ accessPropertiesByDotNotation: false }), which keeps the name whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts conf@15.1.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Conf from 'conf';

const written = (name, options, set) => {
  const conf = new Conf({ projectName: 'probe', cwd: process.cwd(), configName: name, ...options });
  set(conf);
  return JSON.parse(readFileSync(conf.path, 'utf8'));
};
const plain = written('plain', { accessPropertiesByDotNotation: false }, (conf) => conf.set('tight.2026', 1512));
assert.deepEqual(plain, { 'tight.2026': 1512 });
const list = [...new Array(2026).fill(null), 1512];
assert.deepEqual(written('key', {}, (conf) => conf.set('ratings.tight.2026', 1512)), { ratings: { tight: list } });
const seen = written('object', {}, (conf) => conf.set({ 'tight.2026': 1512 }));
assert.deepEqual(seen, { tight: list });
console.log('conf 15.1.0: the rating of "tight.2026" is written as a list of', seen.tight.length, 'entries, the first is', seen.tight[0]);
EOF
node probe.mjs
