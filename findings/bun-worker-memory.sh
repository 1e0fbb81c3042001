#!/usr/bin/env bash
# Bun 1.4.4 (package @oven/bun-*), seen 2026-11-28.
# Guess:  new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 24 } }) of node:worker_threads ends a thread that takes more, as in Node.
# Seen:   the limit is taken without a word and not held: the thread keeps 120 MB and ends well. In Node it ends with ERR_WORKER_OUT_OF_MEMORY, and so
#         it does in Deno.
# Hurt:   an arena or an agent that runs bots in threads: the limit is what keeps a leak of one bot from the others. Under Bun it grows until the
#         process is out of memory, and all seats go with it.
# Do:     under Bun a process for each bot, with the system's limit (ulimit -v, a container).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
package=@oven/bun-$(node -p 'process.platform + "-" + { x64: "x64", arm64: "aarch64" }[process.arch]')
npm install --no-audit --no-fund --ignore-scripts "$package@1.4.4" >/dev/null
cat > bot.cjs <<'EOF'
const { parentPort } = require('node:worker_threads');
const kept = [];
for (let megabyte = 0; megabyte < 120; megabyte += 1) kept.push(new Array(131_072).fill(megabyte + 0.5));
parentPort.postMessage(kept.length + ' MB kept');
EOF
cat > probe.cjs <<'EOF'
const { Worker } = require('node:worker_threads');
const worker = new Worker('./bot.cjs', { resourceLimits: { maxOldGenerationSizeMb: 24 } });
worker.on('message', (text) => console.log(text));
worker.on('error', (error) => console.log(error.code));
EOF
inNode=$(timeout 60 node probe.cjs)
inBun=$(timeout 60 "node_modules/$package/bin/bun" probe.cjs)
[ "$inNode" = ERR_WORKER_OUT_OF_MEMORY ]
[ "$inBun" = '120 MB kept' ]
echo "Bun 1.4.4: a thread limited to 24 MB: $inBun - Node: $inNode"
