#!/usr/bin/env bash
# proper-lockfile 4.1.2, seen 2026-11-28.
# Guess:  whoever was asleep so long that another process took the stale lock gets an error from release(), and the new holder keeps the lock:
#         the README says that release rejects when the lock was compromised.
# Seen:   release() resolves and removes the lock of the new holder, so a third process gets it at once, while the second still works. Only the
#         timer that refreshes the lock looks whose it is, and after a pause the work often ends before it runs.
# Hurt:   state files after a laptop slept, a virtual machine was moved or a long computation held the process: two writers at
#         once, and the log of each of the three says that it held the lock.
# Do:     a lock of the operating system that dies with its process (flock), or a token in the file that is read again before each write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts proper-lockfile@4.1.2 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { existsSync, writeFileSync } = require('node:fs');
const { lock } = require('proper-lockfile');

const options = { stale: 2000, retries: { retries: 40, minTimeout: 250, maxTimeout: 250 } };
const sleepsAndReleases = async () => {
  const release = await lock('state.json', options);
  process.send('locked');
  const nap = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync('taken')) Atomics.wait(nap, 0, 0, 50);
  process.send(await release().then(() => 'released', (error) => error.code));
  process.disconnect();
};
const triesOnce = async () => {
  process.send(await lock('state.json', { stale: 2000 }).then(() => 'locked', (error) => error.code));
  process.disconnect();
};
const third = async () => {
  const [answer] = await once(fork(__filename, ['third']), 'message');
  return answer;
};
const main = async () => {
  writeFileSync('state.json', '{}');
  const first = fork(__filename, ['first']);
  await once(first, 'message');
  await lock('state.json', { ...options, onCompromised: () => {} });
  const before = await third();
  writeFileSync('taken', '');
  const [late] = await once(first, 'message');
  const after = await third();
  assert.deepEqual({ before, late, after }, { before: 'ELOCKED', late: 'released', after: 'locked' });
  console.log('proper-lockfile 4.1.2: held by the second; the third:', before, '- the first, late:', late, '- the third again:', after);
  process.exit();
};
({ first: sleepsAndReleases, third: triesOnce })[process.argv[2]]?.() ?? main();
EOF
node probe.cjs
