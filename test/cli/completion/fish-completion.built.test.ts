import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../../../scripts/verify/programs.mjs';
import { completions, shellFolder } from './shell-folder.js';

async function complete(words: readonly string[]): Promise<string[]> {
  const { folder, home, script, code, err } = await shellFolder('fish');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  const line = ['chipzen-agent', ...words].join(' ');
  const program = `source ${script}; complete -C '${line}'`;
  const out = execFileSync(requireProgram('fish'), ['--no-config', '-c', program], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home },
    encoding: 'utf8',
  });
  const offered = out.split('\n').slice(0, -1);
  return offered.map((row) => (row.split('\t')[0] ?? '').replace(/\/$/, ''));
}

describe('completion in fish', () => {
  it.each(completions)('offers after %j: %j', async (words, offered) => {
    expect((await complete(words)).toSorted()).toEqual([...offered].toSorted());
  });
});
