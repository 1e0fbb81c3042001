#!/usr/bin/env bash
# jstat 1.9.6 (d3-array 3.2.4 beside it), seen 2026-11-28.
# Guess:  percentile(list, 0.95) lies between the two largest of ten values, as in a spreadsheet: its other percentiles are those of a spreadsheet.
# Seen:   above the second largest value nothing is filled in: from there up to 1 the answer is the second largest. Ten waits of which nine take 1 to 9 ms
#         and one 400 have a p95 of 9 for 224.05, and of 4 values the third quartile is 3 for 3.25, while the first one is 1.75 as it should be.
# Hurt:   p95 of up to 20 and p99 of up to 100 decisions or matches: the one that was slow is not seen. p99 of 50 decisions is the second slowest, so a bot
#         that is late once in fifty passes. From more values on it is right.
# Do:     jStat.quantiles(list, [share], 1, 1), which is the spreadsheet's; a test with one large value at the top.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts jstat@1.9.6 d3-array@3.2.4 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { quantile } from 'd3-array';
import jstat from 'jstat';

const { jStat } = jstat;
const both = (list, share) => [jStat.percentile(list, share), quantile(list, share)].map((value) => Number(value.toFixed(2)));
const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 400];
assert.deepEqual(both(waits, 0.25), [3.25, 3.25]);
assert.deepEqual(both(waits, 0.5), [5.5, 5.5]);
assert.deepEqual(both(waits, 1), [400, 400]);
const p95 = both(waits, 0.95);
assert.deepEqual(p95, [9, 224.05]);
assert.equal(Number(jStat.quantiles(waits, [0.95], 1, 1)[0].toFixed(2)), 224.05);
assert.deepEqual([both([1, 2, 3, 4], 0.25), both([1, 2, 3, 4], 0.75)], [[1.75, 1.75], [3, 3.25]]);
const fifty = Array.from({ length: 50 }, (_, decision) => (decision < 49 ? 10 : 3000));
assert.deepEqual(both(fifty, 0.99), [10, 1534.9]);
console.log('jstat 1.9.6: p95 of 1 to 9 and 400:', p95[0], 'for', p95[1], '- p99 of 49 waits of 10 and one of 3,000:', ...both(fifty, 0.99).slice(0, 1));
EOF
node probe.mjs
