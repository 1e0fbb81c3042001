#!/usr/bin/env bash
# swiss-pairing 1.4.3, seen 2026-11-28.
# Guess:  it pairs "participants who have not faced each other" as long as there are such, as its README says.
# Seen:   a repeat costs 100, a distance in the table its square. With wins as points no one meets twice; with 100 points for a match, as for a share
#         of the chips, two leaders who have just met meet again, and so do the two at the end, though nobody has played
#         all others. The option of the README for points per round, maxPointsPerRound, is not read (it is maxPerRound), and neither name helps.
# Hurt:   a season of bots paired by points other than wins: the same few duels again and again, so most pairs are never compared, and the
#         table is settled by who was drawn first.
# Do:     rematchWeight above the square of the largest distance (points per round x rounds), or points divided down to wins.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts swiss-pairing@1.4.3 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const makePairing = require('swiss-pairing');

const bots = ['A', 'B', 'C', 'D'].map((id, seed) => ({ id, seed }));
const third = (points, options) => {
  const match = (round, home, away, share) => ({
    round,
    home: { id: home, points: share * points },
    away: { id: away, points: (1 - share) * points },
  });
  const played = [match(1, 'A', 'C', 1), match(1, 'B', 'D', 1), match(2, 'A', 'B', 0.5), match(2, 'C', 'D', 0.5)];
  const pairs = makePairing(options).getMatchups(3, bots, played);
  return pairs.map(({ home, away }) => home + away).sort().join();
};
const seen = {
  wins: third(1),
  points: third(100),
  'points, told': third(100, { maxPerRound: 100, maxPointsPerRound: 100 }),
  'points, weighed': third(100, { rematchWeight: 100_000 }),
};
assert.deepEqual(Object.values(seen), ['AD,BC', 'AB,CD', 'AB,CD', 'AD,BC']);
console.log('swiss-pairing 1.4.3: round 3 after AC, BD and AB, CD:', JSON.stringify(seen));
EOF
node probe.cjs
