#!/usr/bin/env bash
# csv-parse 7.0.3, seen 2026-11-28.
# Guess:  `cast_date: true` makes dates of texts that are dates, such as 2026-11-28T20:00:00Z.
# Seen:   whatever Date.parse() of this engine takes is a date, and that is any word with a small number behind it: the bots "bot 1", "Ann-7" and
#         "tight 2026" are days of the years 2001 and 2026, the cards column "5-6" is the sixth of May. "v2" and "gto-v3" stay texts.
# Hurt:   a ledger by bot: half of its names are Date objects, each row its own one, so a Map has as many bots as rows and a sum by name
#         finds nobody. Bots that are named otherwise are right, so the first look passes.
# Do:     no cast_date; convert the columns that hold times, by name and by one pattern.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts csv-parse@7.0.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const text = 'bot,ended\nbot 1,2026-11-28T20:00:00Z\nbot 1,2026-11-28T21:00:00Z\nAnn-7,2026-11-28T22:00:00Z\ntight 2026,2026-11-28T23:00:00Z\nv2,\ngto-v3,\n';
const rows = parse(text, { columns: true, cast: true, cast_date: true });
const kinds = rows.map(({ bot }) => (bot instanceof Date ? `a day in ${bot.getFullYear()}` : bot));
assert.ok(rows[0].ended instanceof Date);
assert.deepEqual(kinds, ['a day in 2001', 'a day in 2001', 'a day in 2001', 'a day in 2026', 'v2', 'gto-v3']);
const matches = new Map();
for (const { bot } of rows) matches.set(bot, (matches.get(bot) ?? 0) + 1);
assert.equal(matches.size, 6);
console.log('csv-parse 7.0.3: the bots "bot 1", "Ann-7", "tight 2026", "v2" are', kinds.filter((_, row) => row !== 0 && row !== 5).join(', '), '- five bots are counted as', matches.size);
EOF
node probe.mjs
