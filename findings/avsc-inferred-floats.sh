#!/usr/bin/env bash
# avsc 5.7.9 (Avro), seen 2026-11-28.
# Guess:  the type that Type.forValue() infers holds the value it was inferred from: a number is a double, or a long when it is whole.
# Seen:   what is no 32-bit integer is a 32-bit float. A time in ms is stored 56 seconds early, the ids 4,294,967,297 and ...298 are both ...296,
#         16,777,217 chips in a column that has a half are 16,777,216, and 0.1 is 0.10000000149. isValid() is true; only what
#         is out of the range of a float makes a double.
# Hurt:   records of hands that are written with an inferred type: hands move by up to a minute and so change their order, two become one
#         by their id, and pots no longer add up to stacks.
# Do:     write the schema down; or infer with a hook that makes every number a double: { valueHook: (v) => typeof v === 'number' ? double : undefined }.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts avsc@5.7.9 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import avro from 'avsc';

const hands = [
  { id: 4_294_967_297, at: Date.UTC(2026, 10, 28, 20, 40), pot: 16_777_217, equity: 0.1 },
  { id: 4_294_967_298, at: Date.UTC(2026, 10, 28, 20, 41), pot: 0.5, equity: 0.25 },
];
const through = (type) => {
  assert.equal(type.isValid(hands), true);
  return type.fromBuffer(type.toBuffer(hands));
};
const inferred = avro.Type.forValue(hands);
assert.deepEqual(inferred.itemsType.fields.map(({ type }) => type.typeName), ['float', 'float', 'float', 'float']);
const [first, second] = through(inferred);
const earlyMs = hands[0].at - first.at;
assert.deepEqual({ ...first, at: earlyMs }, { id: 4_294_967_296, at: 56_576, pot: 16_777_216, equity: 0.10000000149011612 });
assert.equal(second.id, first.id);

const double = avro.Type.forSchema('double');
const held = avro.Type.forValue(hands, { valueHook: (value) => (typeof value === 'number' ? double : undefined) });
assert.deepEqual(through(held).map((hand) => ({ ...hand })), hands);
console.log(`avsc 5.7.9: both hands have the id ${first.id}, the first is ${earlyMs} ms early, its pot ${first.pot}, its equity ${first.equity}`);
EOF
node probe.mjs
