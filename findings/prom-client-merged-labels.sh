#!/usr/bin/env bash
# prom-client 15.1.3, seen 2026-11-28.
# Guess:  Registry.merge([ann, bob]) shows what the two registries show, the default labels of each included.
# Seen:   ann.metrics() has bot="ann" at each sample; the merged text has no such label: not one, not the other's, none. Labels that were given
#         with the value stay. A metric name that both have is refused, so what is merged are different metrics, and nobody misses the label there.
# Hurt:   one endpoint for a process of several parts, each with a registry and default labels of its own (bot, table, version): alerts and
#         panels that select bot="ann" are empty from the merge on, and an alert on nothing never fires.
# Do:     setDefaultLabels() on the merged registry, or real labels; check the merged text in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts prom-client@15.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Counter, Registry } = require('prom-client');

const partOf = (bot, name) => {
  const registry = new Registry();
  registry.setDefaultLabels({ bot });
  new Counter({ name, help: name, labelNames: ['street'], registers: [registry] }).inc({ street: 'river' }, 3);
  return registry;
};
const samples = async (registry) => (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

(async () => {
  const [hands, folds] = [partOf('ann', 'hands_total'), partOf('ann', 'folds_total')];
  const alone = [...(await samples(hands)), ...(await samples(folds))];
  assert.deepEqual(alone, ['hands_total{street="river",bot="ann"} 3', 'folds_total{street="river",bot="ann"} 3']);
  const merged = Registry.merge([hands, folds]);
  const seen = await samples(merged);
  assert.deepEqual(seen, ['hands_total{street="river"} 3', 'folds_total{street="river"} 3']);
  merged.setDefaultLabels({ bot: 'ann' });
  assert.deepEqual(await samples(merged), alone);
  console.log('prom-client 15.1.3: alone', alone[0], '- merged', seen[0]);
})();
EOF
node probe.cjs
