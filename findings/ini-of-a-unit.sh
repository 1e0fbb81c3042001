#!/usr/bin/env bash
# ini 6.0.0, seen 2026-11-28.
# Guess:  a file with repeated keys gives lists, or is refused; what stands after the equals sign is the value.
# Seen:   of repeated keys the last one is kept, and a value ends at a semicolon. Environment= twice is one variable, and an ExecStop= of two commands,
#         which systemd separates by " ; ", is its first one.
# Hurt:   a program that reads a unit of systemd, changes a line and writes it again takes variables and commands out of the service in silence.
# Do:     edit units by drop-in files, or line by line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts ini@6.0.0 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import ini from 'ini';

const unit = ['[Service]', 'Environment=CHIPZEN_ENV=prod', 'Environment=TZ=UTC', 'ExecStop=/bin/kill -s TERM $MAINPID ; /bin/sleep 5'].join('\n');
const { Service } = ini.parse(unit);
assert.deepEqual({ ...Service }, { Environment: 'TZ=UTC', ExecStop: '/bin/kill -s TERM $MAINPID' });
console.log('ini 6.0.0:', JSON.stringify(Service));
END
node probe.mjs
