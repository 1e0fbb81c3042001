#!/usr/bin/env bash
# glicko2 1.2.2, seen 2026-11-28.
# Guess:  addMatch({ id: 'ann', ... }, { id: 'bob', ... }, 1) works for names as for numbers, and cleanPreviousMatches() ends the rating period.
# Seen:   the players are kept in an array under their ids. With names its length stays 0: getPlayers() is empty, and the matches of earlier periods
#         are never taken away, so each later period counts all of them again. Ann, who won once and then did not play, gains
#         54 points in the idle period, and her deviation shrinks where it should grow. With the ids 0 and 1 all is right.
# Hurt:   a season of bots under their names: early results weigh more each week, and who rests climbs with false certainty.
# Do:     whole numbers from 0 as ids, or makePlayer() and players in a map of your own; or a new Glicko2 for each period.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts glicko2@1.2.2 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { Glicko2 } = require('glicko2');

const season = (winner, loser) => {
  const ranking = new Glicko2();
  const player = (id) => ({ id, rating: 1500, rd: 200, vol: 0.06 });
  const { pl1 } = ranking.addMatch(player(winner), player(loser), 1);
  const periods = [];
  for (let period = 0; period < 3; period++) {
    ranking.calculatePlayersRatings();
    periods.push(`${pl1.getRating().toFixed(0)}±${pl1.getRd().toFixed(1)}`);
    ranking.cleanPreviousMatches();
  }
  return `${periods.join(' ')}, ${ranking.getPlayers().length} players`;
};
const seen = { numbers: season(0, 1), names: season('ann', 'bob') };
assert.deepEqual(seen, {
  numbers: '1579±180.1 1579±180.4 1579±180.7, 2 players',
  names: '1579±180.1 1633±165.7 1673±155.0, 0 players',
});
console.log('glicko2 1.2.2: one win, then two periods without a match:', JSON.stringify(seen));
EOF
node probe.cjs
