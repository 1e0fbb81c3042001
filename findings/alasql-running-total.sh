#!/usr/bin/env bash
# alasql 4.19.1, seen 2026-11-28.
# Guess:  sum(net) over (order by hand) is the running total, as the SQL standard has it; what alasql lacks of windows it refuses.
# Seen:   the order in the window is read and not used: each row has the total of all rows, and count(*) and avg likewise. A frame (`rows between`) is refused,
#         row_number() does follow the order, so windows seem to work.
# Hurt:   a bankroll curve by SQL: a level line at the end result. Drawdowns are 0, the best hour is every hour, and the last value, the one that
#         people check, is right.
# Do:     sum in a loop over rows in order, or another engine (DuckDB, SQLite); test a window with three rows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts alasql@4.19.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const alasql = require('alasql');

const hands = [5, -2, 10].map((net, hand) => ({ hand, net }));
const column = (expression) => alasql(`select hand, net, ${expression} as x from ? order by hand`, [hands]).map(({ x }) => x);
assert.deepEqual(column('row_number() over (order by hand)'), [1, 2, 3]);
const bankroll = column('sum(net) over (order by hand)');
assert.deepEqual(bankroll, [13, 13, 13]);
assert.deepEqual(column('count(*) over (order by hand)'), [3, 3, 3]);
assert.throws(() => column('sum(net) over (order by hand rows between unbounded preceding and current row)'), /Parse error/);
console.log('alasql 4.19.1: running total of 5, -2, 10:', bankroll.join(', '), '(standard: 5, 3, 13)');
EOF
node probe.cjs
