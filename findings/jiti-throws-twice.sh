#!/usr/bin/env bash
# jiti 2.7.0 (and c12 3.3.4, which loads with it), seen 2026-11-28.
# Guess:  import() of a module that throws runs it once and rejects.
# Seen:   an ES module in .mjs or .js runs twice: Node loads it first, and when that fails, for whatever reason, jiti translates the file and runs it
#         again. The error is that of the second run. A .ts file runs once, and so does a module that does not throw.
# Hurt:   a bot's file or a configuration that does something before it throws: it logs in twice, takes two seats, starts two processes or timers,
#         and the first ones have no owner. If the first run is the reason that the second fails ("port in use", "seat taken"), the error
#         hides the real one.
# Do:     import plain JavaScript with import() itself, and give only TypeScript to jiti.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts jiti@2.7.0 c12@3.3.4 >/dev/null
cat > bot.mjs <<'EOF'
globalThis.logins = (globalThis.logins ?? 0) + 1;
throw new Error('refused, login ' + globalThis.logins);
EOF
cp bot.mjs bot.ts
cp bot.mjs configuration.mjs
cat > good.mjs <<'EOF'
globalThis.logins = (globalThis.logins ?? 0) + 1;
export default {};
EOF
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { loadConfig } from 'c12';
import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);
const seen = async (load) => {
  globalThis.logins = 0;
  const message = await load().then(
    () => 'none',
    (error) => error.message,
  );
  return { logins: globalThis.logins, message };
};
assert.deepEqual(await seen(() => jiti.import('./good.mjs')), { logins: 1, message: 'none' });
assert.deepEqual(await seen(() => jiti.import('./bot.ts')), { logins: 1, message: 'refused, login 1' });
assert.deepEqual(await seen(() => import('./bot.mjs?native')), { logins: 1, message: 'refused, login 1' });
const twice = await seen(() => jiti.import('./bot.mjs'));
assert.deepEqual(twice, { logins: 2, message: 'refused, login 2' });
const configuration = await seen(() => loadConfig({ configFile: 'configuration.mjs' }));
assert.deepEqual(configuration, twice);
console.log('jiti 2.7.0: one import() of a module that throws:', twice.logins, 'logins, "' + twice.message + '"');
EOF
node probe.mjs
