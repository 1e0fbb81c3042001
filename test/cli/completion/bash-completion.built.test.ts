import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../../../scripts/verify/programs.mjs';
import { completions, shellFolder } from './shell-folder.js';

/** Calls the function as bash does. */
async function complete(words: readonly string[], files: readonly string[] = []): Promise<string[]> {
  const { folder, home, script, code, err } = await shellFolder('bash');
  for (const file of files) writeFileSync(join(folder, file), '');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  const program = `
    source "$1"; shift
    COMP_WORDS=(chipzen-agent "$@"); COMP_CWORD=$#
    _chipzen_agent
    (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"
    complete -p chipzen-agent`;
  const args = ['--norc', '--noprofile', '-c', program, 'bash', script, ...words];
  const out = execFileSync(requireProgram('bash'), args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home },
    encoding: 'utf8',
  });
  const lines = out.split('\n').slice(0, -1);
  expect(lines.pop()).toBe('complete -F _chipzen_agent chipzen-agent');
  return lines;
}

const oddNames = ['a:b.ts', "it's.ts", '-dash.js'];

describe('completion in bash', () => {
  it('offers a name that begins with a dash so that it is no flag', async () => {
    expect(await complete(['run', ''], ['-dash.js'])).toContain('./-dash.js');
  });

  it.each(completions)('offers after %j: %j', async (words, offered) => {
    expect((await complete(words)).toSorted()).toEqual([...offered].toSorted());
  });

  it.each([
    ['a value behind =, which bash makes a word of its own', ['run', '--env', '=', 'l'], ['local']],
    ['all values when there is nothing behind =', ['run', '--env', '='], ['prod', 'staging', 'local']],
    ['files of a folder whose name is escaped', ['run', 'my\\ bots/'], ['my bots/deep.js']],
    ['files of a folder whose name is quoted', ['run', '"my bots/'], ['my bots/deep.js']],
    ['files of the home folder', ['run', '~/wo'], ['~/work']],
    ['what is behind a colon, which bash makes a word of its own', ['run', 'a', ':'], ['b.ts']],
    ['the same for a name that is begun', ['run', 'a', ':', 'b'], ['b.ts']],
    ['the same behind = and a flag', ['run', '--config', '=', 'a', ':', 'b'], ['b.ts']],
    ['names with quotes', ['run', "it\\'"], ["it's.ts"]],
    ['names that begin with a dash as what is no flag', ['run', './-'], ['./-dash.js']],
    ['flags of the program itself', ['--verb'], ['--verbose']],
  ])('offers %s', async (_what, words, offered) => {
    expect(await complete(words, oddNames)).toEqual(offered);
  });
});
