#!/usr/bin/env bash
# opossum 9.0.0, seen 2026-11-28.
# Guess:  errorThresholdPercentage: 50 over a window of ten seconds needs some calls to be half of: one failure among the first calls is let pass.
# Seen:   the first call that fails opens the circuit: one of one is 100 %. volumeThreshold, the least number of calls that count, is 0 by default. For the
#         next 30 seconds all calls are refused. After one success it takes a second failure to open it.
# Hurt:   an agent at its start: a single 502 at the first look into the lobby, which the second try would get over, and it makes no call for half a
#         minute. Retries around fire() are used up within that time, all with "Breaker is open" in place of the real error.
# Do:     volumeThreshold: 5 or so. SamplingBreaker of cockatiel 3.2.1, the same rule elsewhere, lets the first failures pass.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts opossum@9.0.0 cockatiel@3.2.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { circuitBreaker, handleAll, SamplingBreaker } from 'cockatiel';
import CircuitBreaker from 'opossum';

/** The answers of `fire` when the platform answers with these statuses, and how many calls reached it. */
const play = async (statuses, breakerAround) => {
  let calls = 0;
  const lobby = async () => {
    const status = statuses[calls];
    calls += 1;
    if (status !== 200) throw new Error(String(status));
    return status;
  };
  const breaker = breakerAround(lobby);
  const answers = [];
  for (const _ of statuses) answers.push(await breaker.fire().catch((error) => error.message));
  breaker.shutdown();
  return { calls, answers };
};
const opossum = (options) => (lobby) => new CircuitBreaker(lobby, options);
const cockatiel = (lobby) => {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000 }) });
  return { fire: () => breaker.execute(lobby), shutdown: () => {} };
};
const hiccup = [502, 200, 200];
const well = { calls: 3, answers: ['502', 200, 200] };
assert.deepEqual(await play(hiccup, opossum({ volumeThreshold: 5 })), well);
assert.deepEqual(await play(hiccup, cockatiel), well);
assert.deepEqual(await play([200, 502, 502, 200], opossum({})), { calls: 3, answers: [200, '502', '502', 'Breaker is open'] });
const seen = await play(hiccup, opossum({}));
assert.deepEqual(seen, { calls: 1, answers: ['502', 'Breaker is open', 'Breaker is open'] });
console.log('opossum 9.0.0: the lobby would answer', hiccup.join(', '), '- the caller sees', seen.answers.join(', '));
EOF
node probe.mjs
