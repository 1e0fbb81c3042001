#!/usr/bin/env bash
# openskill 5.0.1, seen 2026-11-28.
# Guess:  the more matches, the surer the rating: sigma only falls.
# Seen:   a constant (tau) is added before each match: two equal bots that win in turns go from a sigma of 1 up to 1.46 in a thousand matches, and
#         stay there. Their mu still moves by a third of that from one match to the next.
# Hurt:   a rule "compare two versions once sigma is below 1" never fires, however long it is played; the order of two ratings at the floor is luck.
# Do:     tau: 0 for versions that do not change, or count matches with an interval of their own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts openskill@5.0.1 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import { rate, rating } from 'openskill';

function sigmaAfter(matches, options) {
  let [one, other] = [rating({ mu: 25, sigma: 1 }), rating({ mu: 25, sigma: 1 })];
  for (let match = 0; match < matches; match += 1)
    [[one], [other]] = rate([[one], [other]], { rank: match % 2 ? [1, 2] : [2, 1], ...options });
  return Number(one.sigma.toFixed(2));
}
const seen = [sigmaAfter(1000), sigmaAfter(1000, { tau: 0 })];
assert.equal(seen[0], 1.46);
assert.ok(seen[1] < 1);
console.log('openskill 5.0.1: sigma 1 after 1000 even matches:', seen[0], '- with tau 0:', seen[1]);
END
node probe.mjs
