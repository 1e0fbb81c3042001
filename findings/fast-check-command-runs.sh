#!/usr/bin/env bash
# fast-check 4.11.0, seen 2026-11-28.
# Guess:  fc.commands(all, { maxCommands: 1000 }) also plays long runs; what is drawn lies somewhere between 0 and 1,000 commands.
# Seen:   maxCommands only caps. The length comes from the option size, whose default "small" means ten: in a thousand runs no
#         run has more than 10 commands, with maxCommands or without. With size 'max' the same call reaches 1,000.
# Hurt:   model tests of an agent or a lobby: faults that need two matches, three drops and a drain in one run lie beyond ten commands,
#         and raising maxCommands changes nothing but the feeling. Commands whose check() refuses count too.
# Do:     set size: 'max' beside maxCommands, and assert once that the longest run was as long as meant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts fast-check@4.11.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import fc from 'fast-check';

const longest = (options) => {
  let most = 0;
  let length = 0;
  const step = { check: () => true, run: () => length++, toString: () => 'step' };
  fc.assert(
    fc.property(fc.commands([fc.constant(step)], options), (commands) => {
      length = 0;
      fc.modelRun(() => ({ model: {}, real: {} }), commands);
      most = Math.max(most, length);
    }),
    { numRuns: 1000, seed: 1 },
  );
  return most;
};
const plain = longest({});
const capped = longest({ maxCommands: 1000 });
const sized = longest({ maxCommands: 1000, size: 'max' });
assert.equal(plain, 10);
assert.equal(capped, 10);
assert.ok(sized > 900, `sized: ${sized}`);
console.log('fast-check 4.11.0: longest of 1,000 runs:', plain, '- maxCommands 1000:', capped, '- and size max:', sized);
EOF
node probe.mjs
