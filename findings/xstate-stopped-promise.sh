#!/usr/bin/env bash
# xstate 5.33.3, seen 2026-11-28.
# Guess:  toPromise(actor) settles with what the machine came to: resolved in its final state, rejected otherwise. A stopped actor came to nothing.
# Seen:   stop() resolves it, with undefined. waitFor() on the same actor rejects ("terminated without satisfying predicate").
# Hurt:   a runner that awaits a match: one that was stopped half-way (a drain, a parent that left its state) counts as played to the
#         end, with an empty result, and what is behind the await (save, seat the next) runs.
# Do:     look at actor.getSnapshot().status after the await ('done' or 'stopped'), or use waitFor with a predicate on the final state.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createActor, createMachine, toPromise, waitFor } from 'xstate';

const match = createMachine({
  initial: 'playing',
  states: { playing: { on: { ended: 'over' } }, over: { type: 'final' } },
  output: { hands: 60 },
});
const settled = async (promiseOf, end) => {
  const actor = createActor(match).start();
  const promise = promiseOf(actor).then(
    (value) => ({ resolved: value }),
    (error) => ({ rejected: error.message }),
  );
  end(actor);
  return { ...(await promise), status: actor.getSnapshot().status };
};
const play = (actor) => actor.send({ type: 'ended' });
const stop = (actor) => actor.stop();
assert.deepEqual(await settled(toPromise, play), { resolved: { hands: 60 }, status: 'done' });
const stopped = await settled(toPromise, stop);
assert.deepEqual(stopped, { resolved: undefined, status: 'stopped' });
const waited = await settled((actor) => waitFor(actor, (snapshot) => snapshot.status === 'done'), stop);
assert.match(waited.rejected, /without satisfying/);
console.log('xstate 5.33.3: toPromise of a stopped match is resolved with', stopped.resolved, '- waitFor is rejected');
EOF
node probe.mjs
