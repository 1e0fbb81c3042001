#!/usr/bin/env bash
# @poker-apprentice/hand-history-parser 6.6.0, as installed on 2026-11-28.
# Guess:  a parser that was just installed reads the hands of the sites that it names, and says what it does not understand in the others.
# Seen:   every hand is refused: InvalidHandError with an empty message. It asks for antlr4ts ^0.5.0-alpha.4, and by the rules of versions 0.5.0-dev is later
#         than any alpha. npm takes that one, and it has other files. The missing module is caught and reported as a bad hand. With 0.5.0-alpha.4 the
#         same hand is read.
# Hurt:   an importer that counts what it cannot read: "0 hands, 5,000 invalid" looks like a wrong format, and people search their files. A lock file from
#         before hides it on the developer's machine.
# Do:     "overrides": { "antlr4ts": "0.5.0-alpha.4" } in package.json; one known hand read at the start of an import.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @poker-apprentice/hand-history-parser@6.6.0 >/dev/null
cat > probe.cjs <<'EOF'
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');

const filename = 'HH20261128-200000 - 4100000001 - RING - $5-$10 - HOLDEM - NL - TBL No.20000001.txt';
const hand = `Bovada Hand #4100000001 TBL#20000001 HOLDEM No Limit - 2026-11-28 20:00:00
Seat 1: Dealer ($1000 in chips)
Seat 2: Small Blind ($1000 in chips)
Seat 3: Big Blind [ME] ($1000 in chips)
Dealer : Set dealer [1]
Small Blind : Small Blind $5
Big Blind  [ME] : Big blind $10
*** HOLE CARDS ***
Dealer : Card dealt to a spot [Kd Kc]
Small Blind : Card dealt to a spot [9d 3h]
Big Blind  [ME] : Card dealt to a spot [Th Qh]
Dealer : Raises $30 to $30
Small Blind : Folds
Big Blind  [ME] : Folds
Dealer : Return uncalled portion of bet $20
Dealer : Does not show [Kd Kc] (One pair)
Dealer : Hand result $25
*** SUMMARY ***
Total Pot($25)
Seat+1: Dealer $25 [Does not show]
Seat+2: Small Blind Folded before the FLOP
Seat+3: Big Blind Folded before the FLOP`;

const load = (folder) => require(require.resolve('@poker-apprentice/hand-history-parser', { paths: [folder] }));
const antlr = (folder) => require(`${folder}/node_modules/antlr4ts/package.json`).version;

(async () => {
  const { InvalidHandError, parseHand } = load(__dirname);
  const error = await parseHand({ hand, filename }).catch((reason) => reason);
  assert.ok(error instanceof InvalidHandError);
  assert.equal(error.message, '');
  assert.equal(antlr(__dirname), '0.5.0-dev');

  const pinned = `${__dirname}/pinned`;
  mkdirSync(pinned);
  writeFileSync(`${pinned}/package.json`, JSON.stringify({ private: true, overrides: { antlr4ts: '0.5.0-alpha.4' } }));
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '@poker-apprentice/hand-history-parser@6.6.0'];
  execFileSync('npm', install, { cwd: pinned, stdio: 'ignore' });
  const read = await load(pinned).parseHand({ hand, filename });
  assert.equal(antlr(pinned), '0.5.0-alpha.4');
  assert.deepEqual(read.actions.at(-1), { type: 'award-pot', playerName: 'Dealer', amount: '25', isSidePot: false });
  console.log(`@poker-apprentice/hand-history-parser 6.6.0: with antlr4ts ${antlr(__dirname)}: InvalidHandError "${error.message}", with ${antlr(pinned)}: ${read.actions.length} actions`);
})();
EOF
node probe.cjs
