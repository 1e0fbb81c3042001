#!/usr/bin/env bash
# apache-arrow 21.2.0, seen 2026-11-28.
# Guess:  vector.toArray() holds what a loop over the vector holds: null for a missing value, or NaN as numbers cannot be null.
# Seen:   the loop gives null, toArray() gives 0 in the same place. The list is the memory behind the vector, and what is missing is a matter of another list
#         (nullCount says that there are some). After a trip through IPC or a file it is the same.
# Hurt:   a mean, a quantile or a chart of results from a column: toArray() is the fast way to it. Hands without a result count as even ones, a gap of a
#         chart is a line along 0, and a bot that was away looks like one that plays carefully.
# Do:     loop, or toJSON(), or drop what isValid(index) denies; fail when nullCount is not 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts apache-arrow@21.2.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { tableFromIPC, tableFromJSON, tableToIPC, vectorFromArray } from 'apache-arrow';

const nets = [12.5, null, -2.5, null];
const known = nets.filter((net) => net !== null);
const mean = (list) => list.reduce((sum, net) => sum + net, 0) / list.length;
const vector = vectorFromArray(nets);
assert.deepEqual([...vector], nets);
assert.deepEqual([...vector.toJSON()], nets);
assert.equal(vector.nullCount, 2);
const flat = Array.from(vector.toArray());
assert.deepEqual(flat, [12.5, 0, -2.5, 0]);
const column = tableFromIPC(tableToIPC(tableFromJSON(nets.map((net) => ({ net }))))).getChild('net');
assert.deepEqual([...column], nets);
assert.deepEqual(Array.from(column.toArray()), flat);
console.log('apache-arrow 21.2.0:', JSON.stringify(nets), 'by toArray():', JSON.stringify(flat), '- mean', mean(flat), 'in place of', mean(known));
EOF
node probe.mjs
