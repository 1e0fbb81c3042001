#!/usr/bin/env bash
# sql.js 1.17.0, seen 2026-11-28.
# Guess:  values bound by name go where the name stands: `:bot` takes the field `bot`, as in other SQLite drivers of Node, or the statement is refused.
# Seen:   the field has to be called ":bot", with its colon. Under a bare name nothing is bound: every column gets null, run() reports no error, and
#         a search finds no row. The marks of the name count, too: ":bot" does not fill "$bot".
# Hurt:   a store that was moved to sql.js to be rid of a native build: it goes on writing rows, all of them empty. A NOT NULL column shows it at
#         once; a table of optional fields shows it when the records are read, after the hands are gone.
# Do:     write the mark into the keys, or bind a list with `?`; declare columns NOT NULL; read one row back in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts sql.js@1.17.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const initialise = require('sql.js');

initialise().then((SQL) => {
  const database = new SQL.Database();
  database.run('create table results (bot text, net integer)');
  const insert = database.prepare('insert into results values (:bot, :net)');
  insert.run({ bot: 'Ann', net: 5 });
  insert.run({ ':bot': 'Bob', ':net': 7 });
  insert.run({ $bot: 'Cid', '@net': 9 });
  const [{ values }] = database.exec('select bot, net from results');
  assert.deepEqual(values, [[null, null], ['Bob', 7], [null, null]]);

  const count = database.prepare('select count(*) as found from results where bot = :bot');
  assert.deepEqual(count.getAsObject({ ':bot': 'Bob' }), { found: 1 });
  assert.deepEqual(count.getAsObject({ bot: 'Bob' }), { found: 0 });
  console.log('sql.js 1.17.0: { bot, net } is stored as', JSON.stringify(values[0]), 'and { ":bot", ":net" } as', JSON.stringify(values[1]));
});
EOF
node probe.cjs
