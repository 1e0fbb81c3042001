#!/usr/bin/env bash
# bottleneck 2.19.5, seen 2026-11-28.
# Guess:  a job that the 'failed' listener sends round again (it returns a number of ms) is a call like any other: it waits its turn
#         for minTime and takes one from the reservoir.
# Seen:   neither. With a reservoir of 3, three jobs with five retries each make 18 calls; with minTime 200 a job's four tries
#         come within a few ms.
# Hurt:   whoever keeps to a platform's limit with it: the limit holds until the first 429, and then the calls come faster than ever.
# Do:     return no number from 'failed'; schedule the job again, so that it stands in the queue.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts bottleneck@2.19.5 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import Bottleneck from 'bottleneck';

const callsOf = async (options, jobs, retries) => {
  const limiter = new Bottleneck(options);
  limiter.on('failed', (_error, { retryCount }) => (retryCount < retries ? 1 : undefined));
  const calls = [];
  const job = async () => {
    calls.push(performance.now());
    throw new Error('429');
  };
  await Promise.allSettled(Array.from({ length: jobs }, () => limiter.schedule(job)));
  return calls;
};
const reservoir = await callsOf({ reservoir: 3 }, 3, 5);
const spaced = await callsOf({ minTime: 200, maxConcurrent: 1 }, 1, 3);
const took = spaced.at(-1) - spaced[0];
assert.equal(reservoir.length, 18);
assert.equal(spaced.length, 4);
assert.ok(took < 200);
console.log('bottleneck 2.19.5: calls from a reservoir of 3:', reservoir.length, '- four tries with minTime 200 within 200 ms:', took < 200);
EOF
node probe.mjs
