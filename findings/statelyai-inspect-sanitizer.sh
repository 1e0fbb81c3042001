#!/usr/bin/env bash
# @statelyai/inspect 0.7.2 with xstate 5.33.3, seen 2026-11-28.
# Guess:  sanitizeContext gets a copy to clean before it is shown, so it may blank a field and return the object.
# Seen:   that holds for the snapshots after each event. For the first message about an actor it gets the live context: blanking
#         the field there blanks it in the running machine, a moment after start.
# Hurt:   an agent that hides its token from the inspector: the first login works, and the next one after a dropped connection
#         sends '***' and is refused, only when somebody was watching.
# Do:     return a new object ({ ...context, token: '***' }) and never write to the one given.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts xstate@5.33.3 @statelyai/inspect@0.7.2 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createInspector } from '@statelyai/inspect';
import { createActor, createMachine } from 'xstate';

const lobby = createMachine({
  context: { login: 'ann' },
  initial: 'closed',
  states: { closed: { on: { open: 'open' } }, open: {} },
});

/** The machine's own field after one inspector was told of its start, and what that inspector was shown. */
async function watched(sanitizeContext) {
  const shown = [];
  let told = () => {};
  const inspector = createInspector(
    {
      send(message) {
        if (message.snapshot?.context) shown.push(`${message.type} ${message.snapshot.context.login}`);
        if (message.type === '@xstate.snapshot') told();
      },
    },
    { sanitizeContext },
  );
  const firstSnapshot = new Promise((resolve) => {
    told = resolve;
  });
  const actor = createActor(lobby, { inspect: inspector.inspect }).start();
  await firstSnapshot;
  return { own: actor.getSnapshot().context.login, shown };
}
const blanked = (context) => {
  context.login = '***';
  return context;
};
const shown = ['@xstate.actor ***', '@xstate.snapshot ***'];
assert.deepEqual(await watched((context) => ({ ...context, login: '***' })), { own: 'ann', shown });
const hurt = await watched(blanked);
assert.deepEqual(hurt, { own: '***', shown });
console.log('@statelyai/inspect 0.7.2: after a sanitizer that writes in place the machine itself holds', hurt.own);
EOF
node probe.mjs
