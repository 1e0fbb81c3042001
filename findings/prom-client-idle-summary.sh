#!/usr/bin/env bash
# prom-client 15.1.3, seen 2026-11-28.
# Guess:  a Summary with maxAgeSeconds has no quantiles while nothing was observed: NaN, as clients for Prometheus commonly write it.
# Seen:   it reports 0 for each quantile once the last observation has aged out. Sum and count stay. The option pruneAgedBuckets takes the zeros
#         away, and sum and count with them, so that a rate over them starts anew after each rest.
# Hurt:   whoever watches the answer times of a bot: between two matches its p99 is the best of the day. An average over an hour mixes
#         the zeros in, and an alert for slow answers is taken back while the bot is idle.
# Do:     a Histogram, or read the quantiles only where the count has grown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts prom-client@15.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { setTimeout: pause } = require('node:timers/promises');
const { Registry, Summary } = require('prom-client');

const registry = new Registry();
const options = { help: 'ms', percentiles: [0.99], maxAgeSeconds: 1, ageBuckets: 2, registers: [registry] };
const summaries = [new Summary({ ...options, name: 'plain' }), new Summary({ ...options, name: 'pruned', pruneAgedBuckets: true })];
const lines = async () => (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

(async () => {
  for (const summary of summaries) summary.observe(480);
  const busy = await lines();
  await pause(2500);
  const idle = await lines();
  const plain = ['plain_sum 480', 'plain_count 1'];
  const pruned = ['pruned{quantile="0.99"} 480', 'pruned_sum 480', 'pruned_count 1'];
  assert.deepEqual(busy, ['plain{quantile="0.99"} 480', ...plain, ...pruned]);
  assert.deepEqual(idle, ['plain{quantile="0.99"} 0', ...plain]);
  console.log('prom-client 15.1.3: busy', busy[0], '- idle', idle[0]);
})();
EOF
node probe.cjs
