#!/usr/bin/env bash
# protobufjs 8.8.1, seen 2026-11-28.
# Guess:  fromObject() refuses a name that the enum does not have; and if it does not, verify() tells.
# Seen:   the field is left out, so it is read as the first value of the enum. With `enum Action { FOLD = 0; ... }` the answer
#         { action: 'RAISE', amount: 60 } to a schema that says RAISE_TO goes out as a fold, with its amount. In a list the name is left out.
#         verify() of the plain object complains of every name, of the known ones as well, and of the message it finds nothing to say.
# Hurt:   a bot whose words are not quite those of the schema, or whose schema is older than its strategy: it folds its best
#         hands, without an error on either side.
# Do:     look the name up first (root.lookupEnum('Action').values), and give every enum an UNKNOWN = 0 that the other side refuses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts protobufjs@8.8.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import protobuf from 'protobufjs';

const { root } = protobuf.parse(`
  syntax = "proto3";
  enum Action { FOLD = 0; CHECK = 1; CALL = 2; RAISE_TO = 3; }
  message Answer { Action action = 1; int32 amount = 2; repeated Action legal = 3; }
`);
const Answer = root.lookupType('Answer');
const received = (answer) => {
  const message = Answer.fromObject(answer);
  assert.equal(Answer.verify(message), null);
  return Answer.toObject(Answer.decode(Answer.encode(message).finish()), { enums: String, defaults: true });
};
const sent = { action: 'RAISE', amount: 60, legal: ['FOLD', 'CALL', 'RAISE'] };
const got = received(sent);
assert.deepEqual(got, { action: 'FOLD', amount: 60, legal: ['FOLD', 'CALL'] });
assert.equal(received({ ...sent, action: 'RAISE_TO' }).action, 'RAISE_TO');
assert.equal(Answer.verify({ action: 'RAISE' }), 'action: enum value expected');
assert.equal(Answer.verify({ action: 'RAISE_TO' }), 'action: enum value expected');
console.log('protobufjs 8.8.1:', JSON.stringify(sent), 'arrives as', JSON.stringify(got));
EOF
node probe.mjs
