#!/usr/bin/env bash
# lodash 4.18.1 and es-toolkit 1.53.2, seen 2026-11-28.
# Guess:  clamp(raise, leastRaise, stack) is never more than the stack, as Math.min(Math.max(raise, leastRaise), stack) is not.
# Seen:   a stack that is shorter than the least raise makes the lower bound the larger one, and in lodash the lower bound wins: clamp(15, 20, 12) is 20.
#         es-toolkit answers 12, its module "compat" 20 again.
# Hurt:   a bot with a short stack raises more chips than it has, at the one moment when it is to go all in: the action is refused, and a platform
#         that gives no second chance folds the hand. Deep stacks, which tests play, never show it.
# Do:     Math.min(stack, Math.max(leastRaise, raise)), or all in where the stack is not more than the least raise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts lodash@4.18.1 es-toolkit@1.53.2 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import * as toolkit from 'es-toolkit';
import * as compat from 'es-toolkit/compat';
import lodash from 'lodash';

const leastRaise = 20;
const raises = ({ clamp }, stack) => [5, 15, 500].map((raise) => clamp(raise, leastRaise, stack));
for (const library of [lodash, toolkit, compat]) assert.deepEqual(raises(library, 1000), [20, 20, 500]);
assert.deepEqual(raises(toolkit, 12), [12, 12, 12]);
assert.deepEqual(raises(compat, 12), [20, 20, 20]);
const seen = raises(lodash, 12);
assert.deepEqual(seen, [20, 20, 20]);
console.log('lodash 4.18.1: raises of 5, 15 and 500 with a stack of 12 become', seen.join(', '), '- es-toolkit: 12 each');
EOF
node probe.mjs
