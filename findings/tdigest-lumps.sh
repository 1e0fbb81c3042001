#!/usr/bin/env bash
# tdigest 0.1.3, seen 2026-11-28.
# Guess:  a t-digest is within a fraction of a per cent of the true rank, the more values the better, and exact for few distinct ones.
# Seen:   between two values that were seen it draws a straight line from middle to middle of their shares, also where nothing lies between. Of hands
#         that lose 100 (one in ten), win 300 (one in ten) or end at 0, the share at or below -1 is said to be 0.4955; true is 0.1. The
#         eighth percentile is -93.33, a result that no hand had. A hundred or a hundred thousand hands: the same answer.
# Hurt:   poker results are lumps: folds cost 0, 1 or 2 blinds. "How often does this bot lose", p5 and p95 of the hands are wrong by
#         tens of per cent, and more hands do not help.
# Do:     count distinct values (the package's Digest in discrete mode is right), or sort; a digest is for what is spread out, such as waits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts tdigest@0.1.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Digest, TDigest } = require('tdigest');

const ten = [-100, 0, 0, 0, 0, 0, 0, 0, 0, 300];
const filled = (digest, hands) => {
  for (let hand = 0; hand < hands; hand += 1) digest.push(ten[hand % 10]);
  return digest;
};
const share = (digest, net) => Number(digest.p_rank(net).toFixed(4));
for (const hands of [100, 1000, 100_000]) {
  const digest = filled(new TDigest(), hands);
  assert.equal(share(digest, -1), 0.4955, String(hands));
  assert.equal(share(digest, 1), 0.5015, String(hands));
  assert.equal(digest.percentile(0.08).toFixed(2), '-93.33', String(hands));
}
const discrete = filled(new Digest({ mode: 'disc' }), 1000);
assert.equal(share(discrete, -1), 0.1);
assert.equal(discrete.percentile(0.08), -100);
const digest = filled(new TDigest(), 100_000);
console.log('tdigest 0.1.3: share of hands at or below -1:', share(digest, -1), '(true: 0.1), percentile 8:', digest.percentile(0.08).toFixed(2), '(true: -100)');
EOF
node probe.cjs
