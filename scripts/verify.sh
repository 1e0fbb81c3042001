#!/bin/sh
# From a fresh clone on a fresh machine to all tests passed: `npm run verify`, and what says that Node itself is missing.
set -eu
cd "$(dirname "$0")/.."
for program in node npm; do
  if ! command -v "$program" > /dev/null; then
    echo "verify: $program is missing. Install Node 20.19 or newer, which brings npm along, and run this again." >&2
    exit 1
  fi
done
exec node scripts/verify/main.mjs
