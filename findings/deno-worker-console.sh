#!/usr/bin/env bash
# Deno 2.9.6 (package @deno/*), seen 2026-11-28.
# Guess:  with { stdout: true } what a node:worker_threads worker prints comes out of worker.stdout, and the process's own output stays clean.
# Seen:   all of it goes to the output of the process, too. worker.stdout gets a copy of what process.stdout.write() prints, and nothing of what
#         console.log() does. In Node both come out of worker.stdout alone.
# Hurt:   a runner that speaks JSON lines on its output and keeps its bots in threads: each bot that prints a line for its author breaks the
#         stream of the runner, and the log that is kept for that bot lacks the line.
# Do:     under Deno a process for each bot, or a console in the worker that posts its lines as messages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
package=@deno/$(node -p 'process.platform + "-" + process.arch + (process.platform === "linux" ? "-glibc" : "")')
npm install --no-audit --no-fund --ignore-scripts "$package@2.9.6" >/dev/null
cat > bot.cjs <<'EOF'
console.log('by console');
process.stdout.write('by stdout\n');
EOF
cat > probe.cjs <<'EOF'
const { Worker } = require('node:worker_threads');
const worker = new Worker('./bot.cjs', { stdout: true });
let kept = '';
worker.stdout.on('data', (data) => {
  kept += data;
});
worker.on('exit', () => setTimeout(() => console.log('kept: ' + kept.trim().split('\n').join(', ')), 100));
EOF
inNode=$(timeout 60 node probe.cjs)
inDeno=$(DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1 timeout 60 "node_modules/$package/deno" run -A probe.cjs)
[ "$inNode" = 'kept: by console, by stdout' ] || { echo "Node: $inNode"; exit 1; }
[ "$inDeno" = $'by console\nby stdout\nkept: by stdout' ] || { echo "Deno: $inDeno"; exit 1; }
echo "Deno 2.9.6: output of the process: ${inDeno//$'\n'/ | } - Node: $inNode"
