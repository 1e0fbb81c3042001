#!/usr/bin/env bash
# uplot 1.6.32, seen 2026-11-28.
# Guess:  uPlot.join() puts several series on one axis and keeps their points; one series by itself comes out as it went in.
# Seen:   each x is there once. Of two points of a series with the same x the later one stays, and the other is gone: five results become three. The chart
#         alone draws all five.
# Hurt:   uPlot counts in whole seconds, and hands of bots take milliseconds: results of the same second, or of two matches that ended together. Adding a
#         second bot to the chart changes the first one's line, and what is summed from the joined data is short.
# Do:     the number of the hand as x, or fractions of a second; sum before joining; compare lengths.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts uplot@1.6.32 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';

const nothing = () => ({ addEventListener() {}, removeEventListener() {} });
globalThis.window = { devicePixelRatio: 1, addEventListener() {}, dispatchEvent() {}, matchMedia: nothing };
globalThis.document = { createElement: () => ({ style: {} }) };
Object.assign(globalThis, { matchMedia: nothing, addEventListener() {}, devicePixelRatio: 1 });
globalThis.navigator ??= { language: 'en' };
const { default: uPlot } = await import('uplot');

const ann = [[1, 1, 2, 2, 3], [5, -40, 10, 10, 5]];
const bob = [[2, 4], [7, 7]];
const joined = uPlot.join([ann, bob]);
assert.deepEqual(joined, [[1, 2, 3, 4], [-40, 10, 5, undefined], [undefined, 7, undefined, 7]]);
const total = (list) => list.reduce((sum, net) => sum + (net ?? 0), 0);
assert.deepEqual([total(ann[1]), total(joined[1])], [-10, -25]);
const distinct = [[1, 1.5, 2, 2.5, 3], ann[1]];
assert.equal(total(uPlot.join([distinct, bob])[1]), -10);
console.log('uplot 1.6.32: the results', JSON.stringify(ann[1]), 'at', JSON.stringify(ann[0]), 'are', JSON.stringify(joined[1]), 'after join()');
EOF
node probe.mjs
