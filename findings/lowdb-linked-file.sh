#!/usr/bin/env bash
# lowdb 7.0.1 with steno 4.0.2, seen 2026-11-28.
# Guess:  a state file that is a symbolic link, to a mounted volume say, stays one: write() changes the file that it points to.
# Seen:   the link is replaced by a file, and the one behind it keeps its old text. The first read does follow the link, so all
#         looks right until the next start on a fresh machine.
# Hurt:   containers and deployments that link `state.json` into a volume: every new container starts from the first state, and
#         the seasons between are gone with the old one.
# Do:     give lowdb the real path (fs.realpath at the start), or link the folder and not the file; a folder's link is followed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts lowdb@7.0.1 steno@4.0.2 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { JSONFilePreset } from 'lowdb/node';

const saveThrough = async (path) => {
  const db = await JSONFilePreset(path, {});
  const read = db.data.hands;
  db.data.hands = 200;
  await db.write();
  return { read, link: lstatSync(path).isSymbolicLink(), behind: JSON.parse(readFileSync('volume/state.json', 'utf8')).hands };
};
mkdirSync('volume');
writeFileSync('volume/state.json', '{"hands":100}');
symlinkSync('volume/state.json', 'state.json');
symlinkSync('volume', 'data');
const file = await saveThrough('state.json');
const folder = await saveThrough('data/state.json');
assert.deepEqual(file, { read: 100, link: false, behind: 100 });
assert.deepEqual(folder, { read: 100, link: false, behind: 200 });
console.log('lowdb 7.0.1: 200 hands saved through a linked file:', JSON.stringify(file), '- through a linked folder:', JSON.stringify(folder));
EOF
node probe.mjs
