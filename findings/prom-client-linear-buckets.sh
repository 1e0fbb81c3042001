#!/usr/bin/env bash
# prom-client 15.1.3, seen 2026-11-28.
# Guess:  linearBuckets(0.1, 0.1, 10) are the bounds 0.1, 0.2, 0.3 and so on, and a query for le="0.3" finds the third.
# Seen:   the width is added to the start in binary: the third bound is 0.30000000000000004, the seventh 0.7000000000000001, and so they are
#         written. There is no series with le="0.3" or le="0.7"; the other eight are there.
# Hurt:   a rule "answers within 0.3 s" or an alert for slow turns finds no series. A query without series is no error and no alarm: the alert
#         never fires. Charts by quantile are right, so the histogram looks sound.
# Do:     write the bounds out, or round them: linearBuckets(0.1, 0.1, 10).map((bound) => Number(bound.toFixed(6))).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts prom-client@15.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Histogram, Registry, linearBuckets } = require('prom-client');

const bounds = async (buckets) => {
  const registry = new Registry();
  new Histogram({ name: 'answer_seconds', help: 'seconds', buckets, registers: [registry] }).observe(0.25);
  return [...(await registry.metrics()).matchAll(/le="([^"+]*)"/g)].map(([, bound]) => bound);
};
const asWritten = ['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1'];
(async () => {
  const rounded = linearBuckets(0.1, 0.1, 10).map((bound) => Number(bound.toFixed(6)));
  assert.deepEqual(await bounds(rounded), asWritten);
  const seen = await bounds(linearBuckets(0.1, 0.1, 10));
  const missing = asWritten.filter((bound) => !seen.includes(bound));
  assert.deepEqual(missing, ['0.3', '0.7']);
  assert.deepEqual([seen[2], seen[6]], ['0.30000000000000004', '0.7000000000000001']);
  console.log('prom-client 15.1.3: no bucket le of linearBuckets(0.1, 0.1, 10) is', missing.join(', '), '- the third is', seen[2]);
})();
EOF
node probe.cjs
