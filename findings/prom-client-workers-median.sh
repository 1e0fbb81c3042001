#!/usr/bin/env bash
# prom-client 15.1.3, seen 2026-11-28.
# Guess:  metrics of several workers that are aggregated show, for a Summary, about the quantile of all of them: nobody waited longer than the slowest.
# Seen:   the default for every type is the sum, quantiles included. Four workers whose median is 1, 1, 1 and 2 seconds have a "median" of 5 seconds,
#         which no one waited; with one more worker it is one more. Sum and count of the same metric are right. Histograms are, too.
# Hurt:   a fleet of bots in worker processes behind one endpoint: decision times near the clock's limit while every bot is fast, and the alarm goes off when
#         somebody adds workers.
# Do:     a Histogram, or `aggregator: 'max'` on the Summary, which says what it says but makes _sum and _count wrong in turn.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts prom-client@15.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { AggregatorRegistry, Registry, Summary } = require('prom-client');

const worker = async (seconds, aggregator) => {
  const registry = new Registry();
  const options = { name: 'decision_seconds', help: 'time of a decision', percentiles: [0.5], registers: [registry] };
  const summary = new Summary(aggregator ? { ...options, aggregator } : options);
  for (let decision = 0; decision < 100; decision += 1) summary.observe(seconds);
  return registry.getMetricsAsJSON();
};
const aggregated = async (aggregator) => {
  const metrics = await Promise.all([1, 1, 1, 2].map((seconds) => worker(seconds, aggregator)));
  const text = await AggregatorRegistry.aggregate(metrics).metrics();
  return Object.fromEntries([...text.matchAll(/^decision_seconds(\S*) (\S+)$/gm)].map(([, part, value]) => [part, Number(value)]));
};

(async () => {
  const seen = await aggregated();
  assert.deepEqual(seen, { '{quantile="0.5"}': 5, _sum: 500, _count: 400 });
  assert.deepEqual(await aggregated('max'), { '{quantile="0.5"}': 2, _sum: 200, _count: 100 });
  console.log('prom-client 15.1.3: workers with medians of 1, 1, 1 and 2 s together:', JSON.stringify(seen));
})();
EOF
node probe.cjs
