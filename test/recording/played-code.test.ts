/** Which code played, by its files and by git. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeptFile } from '../../src/io/hosting/code/kept-files.js';
import { gitOf, hashOfFiles } from '../../src/recording/played-code.js';
import { makeFolder } from '../kit/folder.js';

describe('the hash of the files', () => {
  const source = { form: 'source', format: null } as const;
  const files = (folder: string): KeptFile[] => [
    { ...source, path: join(folder, 'bot.ts'), text: 'a' },
    { ...source, path: join(folder, '../shared/odds.ts'), text: 'b' },
  ];

  it('is the same wherever the folder is, and in whatever order they were loaded', () => {
    const here = hashOfFiles({ file: '/here/mine/bot.ts', files: files('/here/mine') });
    expect(here.files.map(({ path }) => path)).toEqual(['../shared/odds.ts', 'bot.ts']);
    expect(here.hash).toMatch(/^[\da-f]{64}$/);
    expect(hashOfFiles({ file: '/there/bot.ts', files: files('/there').toReversed() }).hash).toBe(here.hash);
  });

  it('is another one for another text, another name and another file', () => {
    const [bot, odds] = files('/a') as [KeptFile, KeptFile];
    const hashes = [
      [bot, odds],
      [bot],
      [{ ...bot, text: 'A' }, odds],
      [{ ...bot, path: '/a/robot.ts' }, odds],
      // The border between two files counts.
      [
        { ...bot, text: '' },
        { ...odds, text: 'ab' },
      ],
    ].map((given) => hashOfFiles({ file: '/a/bot.ts', files: given }).hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('what git says', () => {
  function repository() {
    const folder = makeFolder();
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b',
    };
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', folder, ...words], { env })
        .toString()
        .trim();
    mkdirSync(join(folder, 'bot'));
    writeFileSync(join(folder, 'bot/bot.ts'), 'a');
    writeFileSync(join(folder, 'readme'), 'a');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    return { folder, env, commit: git('rev-parse', 'HEAD') };
  }

  it('is the commit, with + only where tracked files in the bot’s own folder differ', async () => {
    const { folder, env, commit } = repository();
    const bot = join(folder, 'bot');
    writeFileSync(join(folder, 'readme'), 'changed');
    writeFileSync(join(bot, 'new.ts'), 'not tracked');
    expect(await gitOf(bot, env)).toEqual({ git: commit, gitWhy: null });
    writeFileSync(join(bot, 'bot.ts'), 'changed');
    expect(await gitOf(bot, env)).toEqual({ git: `${commit}+`, gitWhy: null });
  });

  it('is nothing, with the cause, outside of a repository and without git', async () => {
    const folder = makeFolder();
    const none = await gitOf(folder, { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: folder });
    expect(none).toEqual({ git: null, gitWhy: expect.stringMatching(/^fatal: not a git repository/) });
    expect(await gitOf(folder, { PATH: folder })).toEqual({
      git: null,
      gitWhy: 'There is no git on this machine.',
    });
  });

  it('is nothing where the folder is another user’s', async () => {
    const { folder, env } = repository();
    // What git takes for another owner, as it tests itself.
    const { git, gitWhy } = await gitOf(folder, { ...env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    expect(git).toBeNull();
    expect(gitWhy).toMatch(/dubious ownership/);
  });

  it('starts no program that the repository names', async () => {
    const { folder, env } = repository();
    const hook = join(folder, 'watch.sh');
    writeFileSync(hook, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
    chmodSync(hook, 0o700);
    execFileSync('git', ['-C', folder, 'config', 'core.fsmonitor', hook], { env });
    expect((await gitOf(folder, env)).gitWhy).toBeNull();
    expect(() => execFileSync('ls', [join(folder, 'ran')], { stdio: 'ignore' })).toThrow();
  });

  it('is waited for only so long', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'git'), '#!/bin/sh\nexec sleep 60\n');
    chmodSync(join(folder, 'git'), 0o700);
    const said = await gitOf(folder, { PATH: `${folder}:${process.env.PATH}` });
    expect(said).toEqual({ git: null, gitWhy: 'git did not answer within 2 s.' });
  });
});
