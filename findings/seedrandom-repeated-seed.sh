#!/usr/bin/env bash
# seedrandom 3.0.5, seen 2026-11-28.
# Guess:  different texts are different streams: a package downloaded twenty million times a month, made for seeds of text.
# Seen:   a text that repeats another one is the same seed. '7', '77' and '777' deal one deck, 'run7run7' deals that of 'run7'. The text is
#         used as a key that starts over at its end. Of the seeds '0' to '9999', 108 start a stream that another one has started.
# Hurt:   an arena that numbers its deals: deal 11 is deal 1, deal 1212 is deal 12, and so always, in every run. The repeats are not
#         independent, and "a fresh seed" typed twice in a row is the old one.
# Do:     end the text with something that no seed repeats (`${seed}.`), or give a number, which the package ends by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts seedrandom@3.0.5 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const seedrandom = require('seedrandom');

const cards = (seed) => {
  const chance = seedrandom(seed);
  return Array.from({ length: 9 }, () => Math.floor(chance() * 52)).join(' ');
};
const distinct = (seedOf) => new Set(Array.from({ length: 10_000 }, (_, index) => seedrandom(seedOf(index))())).size;
assert.equal(cards('77'), cards('7'));
assert.equal(cards('777'), cards('7'));
assert.equal(cards('run7run7'), cards('run7'));
assert.notEqual(cards('8'), cards('7'));
const plain = distinct((index) => String(index));
const ended = distinct((index) => `${index}.`);
assert.equal(plain, 9892);
assert.equal(ended, 10_000);
console.log(`seedrandom 3.0.5: '7' and '77' deal ${cards('77')}; different streams of 10,000 seeds: ${plain}, with an end mark ${ended}`);
EOF
node probe.cjs
