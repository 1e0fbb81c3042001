#!/usr/bin/env bash
# alasql 4.19.1, seen 2026-11-28.
# Guess:  the average of numbers that came as text is their average, or nothing, or an error.
# Seen:   they are put together as text first and divided then: avg of '1', '2' and '30' is 410, which is 1230 / 3. sum, min and max of the same column are
#         undefined. With one row per bot, and with numbers, all is right.
# Hurt:   results of a CSV whose parser leaves texts, joined and averaged by bot: of all sums in the report the mean alone shows a figure, and
#         for a few small results it is a plausible one: the mean of '1' and '2' is 6.
# Do:     avg(cast(net as number)) or convert the rows before; check one mean by hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts alasql@4.19.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const alasql = require('alasql');

const rowsOf = (nets) => nets.map((net) => ({ bot: 'Ann', net }));
const means = 'select bot, avg(net) as mean, sum(net) as sum_net, max(net) as best from ? group by bot';
const texts = rowsOf(['1', '2', '30']);
assert.deepEqual(alasql(means, [rowsOf([1, 2, 30])]), [{ bot: 'Ann', mean: 11, sum_net: 33, best: 30 }]);
const [seen] = alasql(means, [texts]);
assert.deepEqual(seen, { bot: 'Ann', mean: 410, sum_net: undefined, best: undefined });
const [pair] = alasql(means, [rowsOf(['1', '2'])]);
assert.equal(pair.mean, 6);
const [converted] = alasql('select avg(cast(net as number)) as mean from ?', [texts]);
assert.equal(converted.mean, 11);
console.log("alasql 4.19.1: avg of '1', '2', '30' is", seen.mean, "and of '1', '2' is", pair.mean);
EOF
node probe.cjs
