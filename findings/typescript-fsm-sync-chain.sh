#!/usr/bin/env bash
# typescript-fsm 1.6.0, seen 2026-11-28.
# Guess:  one syncDispatch() takes one transition and returns true when there was one, as dispatch() of the same table does.
# Seen:   a transition without a callback is taken, and then the search goes on from the new state: one `deal` runs from before the flop to
#         the river. Then it returns false and logs "No transition". A callback that does nothing in every row mends it; a table with its
#         rows the other way round moves by one, and returns false, too.
# Hurt:   a table of streets, blinds or retries: states are passed over, whose timers and bets never come. Who reads false
#         as refused and sends the event again moves once more.
# Do:     a callback in every row of a SyncStateMachine (`() => {}`), or dispatch() of the asynchronous one; ask getState(), not the result.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts typescript-fsm@1.6.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { StateMachine, SyncStateMachine, t } = require('typescript-fsm');

const quiet = { error: () => {} };
const streets = ['preflop', 'flop', 'turn', 'river'];
const rows = (callback) => streets.slice(1).map((street, n) => t(streets[n], 'deal', street, callback));
const dealt = (table) => {
  const machine = new SyncStateMachine('preflop', table, quiet);
  return [machine.syncDispatch('deal'), machine.getState()];
};

async function main() {
  const asynchronous = new StateMachine('preflop', rows(), quiet);
  await asynchronous.dispatch('deal');
  const seen = {
    asynchronous: asynchronous.getState(),
    bare: dealt(rows()),
    reversed: dealt(rows().reverse()),
    'with callbacks': dealt(rows(() => {})),
  };
  assert.deepEqual(seen, { asynchronous: 'flop', bare: [false, 'river'], reversed: [false, 'flop'], 'with callbacks': [true, 'flop'] });
  console.log('typescript-fsm 1.6.0: one deal from before the flop:', JSON.stringify(seen));
}
main();
EOF
node probe.cjs
