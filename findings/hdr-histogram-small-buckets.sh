#!/usr/bin/env bash
# hdr-histogram-js 3.0.1, seen 2026-11-28.
# Guess:  `bitBucketSize: 16` saves memory and is enough while counts are small; a counter that is full stays full or throws.
# Seen:   the counter of one value starts again at 0 behind 65,535, while totalCount goes on. Of 70,000 decisions of 5 ms 4,464 are left; with 10,000 of 900 ms
#         beside them the tenth percentile is 900, and the median and the 99th percentile are 0, since the search runs out of counts. The
#         percentiles never throw; `mean` does ("Index Out Of Bounds"). With 8 bits it takes 256 equal values.
# Hurt:   a dashboard of many bots, each with a small histogram: after some hours of fast, regular answers p50 and p99 are 0, and an alarm on slow answers
#         can never go off again. A short test passes.
# Do:     32 bits (the default), or reset() every so many values; the guard min <= p50 <= p99 <= max in a test with many equal values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts hdr-histogram-js@3.0.1 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { build } = require('hdr-histogram-js');

const filled = (bitBucketSize) => {
  const histogram = build({ bitBucketSize });
  for (let decision = 0; decision < 70_000; decision += 1) histogram.recordValue(5);
  for (let decision = 0; decision < 10_000; decision += 1) histogram.recordValue(900);
  return histogram;
};
const percentiles = (bits) => [10, 50, 99].map((percentile) => filled(bits).getValueAtPercentile(percentile));
assert.equal(filled(16).totalCount, 80_000);
for (const bits of [32, 64]) assert.deepEqual(percentiles(bits), [5, 5, 900]);
assert.throws(() => filled(16).mean, /Index Out Of Bounds/);
const seen = percentiles(16);
assert.deepEqual(seen, [900, 0, 0]);
console.log('hdr-histogram-js 3.0.1: percentiles 10, 50, 99 of 70,000 waits of 5 ms and 10,000 of 900 ms with 16 bits:', seen.join(', '), '- with 32 bits:', percentiles(32).join(', '));
EOF
node probe.cjs
