import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../../../scripts/verify/programs.mjs';
import { completions, shellFolder } from './shell-folder.js';

/**
 * Drives an interactive zsh, since its completion runs nowhere else: what it adds to its matches is printed between
 * two marks, and then it ends.
 */
const driver = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source $1"
zpty -w -n shell "chipzen-agent $2"$'\\t'
while zpty -r shell line; do print -rn -- $line; done
`;

const inside = (script: string) => `
PROMPT=
autoload -Uz compinit && compinit -D -u
source ${script}
compadd() {
  # Calls that only ask which words would fit have one of these.
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a fitting
  builtin compadd -A fitting "$@"
  (( $#fitting )) && print -l -- "<"\${^fitting}">"
  builtin compadd "$@"
}
bindkey '^I' complete-word
finish() { print '<END>'; exit 0 }
comppostfuncs=(finish)
`;

async function complete(words: readonly string[]): Promise<string[]> {
  const { folder, home, script, code, err } = await shellFolder('zsh');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  const start = join(home, 'start');
  writeFileSync(start, inside(script));
  const out = execFileSync(requireProgram('zsh'), ['-f', '-c', driver, 'zsh', start, words.join(' ')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, TERM: 'dumb' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  const found = [...out.matchAll(/<([^<>]*)>\r?\n/g)].map(([, word = '']) => word.replace(/[/=]$/, ''));
  expect(found.at(-1)).toBe('END');
  return [...new Set(found.slice(0, -1))];
}

describe('completion in zsh', () => {
  it.each(completions)('offers after %j: %j', async (words, offered) => {
    expect((await complete(words)).toSorted()).toEqual([...offered].toSorted());
  });
});
