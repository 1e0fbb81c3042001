#!/usr/bin/env bash
# json-bigint 1.0.0, seen 2026-11-28.
# Guess:  parse() gives numbers as JSON.parse does, and only whole numbers beyond 2^53 in another form.
# Seen:   the test is the length of the text: any number of more than 15 characters is a BigNumber, so are fractions. A chance of
#         0.8125554123456789 is an object, and adding 1 to it makes a text; 0.81 is a number. With useNativeBigInt the
#         line is refused ("Cannot convert").
# Hurt:   whoever takes it for large ids in hand records: equities and times with all their digits stand in the same lines, most of
#         more than 15 characters, some of fewer. Sums turn into texts, and only now and then.
# Do:     keep ids as text in the file and read it with JSON.parse; else turn what has a fraction back (Number(String(value))).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts json-bigint@1.0.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const makeJson = require('json-bigint');

const line = '{"id":9007199254740993,"equity":0.8125554123456789,"rounded":0.81}';
const plain = makeJson().parse(line);
assert.deepEqual([typeof plain.id, typeof plain.equity, typeof plain.rounded], ['object', 'object', 'number']);
assert.equal(plain.equity + 1, '0.81255541234567891');
assert.equal(typeof (JSON.parse(line).equity + 1), 'number');
let refused;
try {
  makeJson({ useNativeBigInt: true }).parse(line);
} catch (error) {
  refused = error;
}
assert.match(String(refused.message), /Cannot convert 0\.8125554123456789/);
console.log('json-bigint 1.0.0: 0.8125554123456789 + 1 =', JSON.stringify(plain.equity + 1), '- with useNativeBigInt:', refused.message);
EOF
node probe.cjs
