#!/usr/bin/env bash
# cac 7.1.0 and mri 1.2.0, seen 2026-11-28.
# Guess:  the value of `--match <id>` that is no exact number stays the text that was typed.
# Seen:   all that JavaScript can read as a number becomes one: the match 1234567890123456789 is 1234567890123456800, the bot 12e3 is 12000, the seed
#         007 is 7. cac's declaration "<id>" does not help, while the same text as an argument without a flag is kept. parseArgs of Node keeps both.
# Hurt:   ids of 17 digits and more (snowflakes) and short hexadecimal ones, some of them only: another match is watched or resigned, or
#         "no such match" is shown with an id that looks right.
# Do:     mri(argv, { string: ['match'] }); in cac take ids as arguments; or parseArgs of Node.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts cac@7.1.0 mri@1.2.0 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { cac } from 'cac';
import mri from 'mri';

const id = '1234567890123456789';
const argv = ['--match', id, '--bot', '12e3', '--seed', '007'];
const wrong = { match: 1234567890123456800, bot: 12000, seed: 7 };
const pick = ({ match, bot, seed }) => ({ match, bot, seed });
const options = { match: { type: 'string' }, bot: { type: 'string' }, seed: { type: 'string' } };
assert.deepEqual(pick(parseArgs({ args: argv, options }).values), { match: id, bot: '12e3', seed: '007' });

assert.deepEqual(pick(mri(argv)), wrong);
assert.equal(mri(argv, { string: ['match'] }).match, id);

const cli = cac('agent');
cli.command('watch <id>').option('--match <id>', 'the match').option('--bot <id>', 'the bot').option('--seed <text>', 'the seed');
const parsed = cli.parse(['node', 'agent', 'watch', id, ...argv], { run: false });
assert.deepEqual(pick(parsed.options), wrong);
assert.equal(cli.args.includes(id), true);
console.log('cac 7.1.0, mri 1.2.0: --match', id, 'is read as', String(parsed.options.match));
EOF
node probe.mjs
