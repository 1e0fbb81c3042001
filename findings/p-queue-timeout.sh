#!/usr/bin/env bash
# p-queue 9.3.5, seen 2026-11-28.
# Guess:  new PQueue({ concurrency: 1, timeout: 30 }) runs one task at a time, and gives up on one that takes longer.
# Seen:   it gives up waiting, not the task: after the time-out the next one starts beside it. Three tasks of 500 ms run all at once; without the
#         timeout one by one.
# Hurt:   a bot that must not think twice at a time (one process, one model, one random stream): the slow turn that ran out of time goes on and
#         disturbs the next, which is then late too, so one slow turn becomes a row of them.
# Do:     give each task an AbortSignal and have it end before the place is free, or keep the queue without timeout and race the
#         promise outside.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts p-queue@9.3.5 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';

const mostAtOnce = async (options) => {
  const queue = new PQueue({ concurrency: 1, ...options });
  let running = 0;
  let most = 0;
  const think = async () => {
    most = Math.max(most, ++running);
    await pause(500);
    running--;
  };
  await Promise.allSettled([1, 2, 3].map(() => queue.add(think)));
  return most;
};
const seen = { 'no timeout': await mostAtOnce({}), 'timeout 30': await mostAtOnce({ timeout: 30 }) };
assert.deepEqual(seen, { 'no timeout': 1, 'timeout 30': 3 });
console.log('p-queue 9.3.5, concurrency 1: tasks at once:', JSON.stringify(seen));
EOF
node probe.mjs
