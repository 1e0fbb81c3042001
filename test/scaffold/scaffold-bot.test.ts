import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionError } from '../../src/protocol/errors.js';
import { scaffoldBot, scaffoldHere, scaffoldProject } from '../../src/scaffold/scaffold-bot.js';
import { makeFolder } from '../kit/folder.js';

let parentDir: string;
beforeEach(() => {
  parentDir = makeFolder();
});

const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

describe('a new project', () => {
  it('in TypeScript has the bot, its test, the settings of the compiler, scripts, and keeps the token out of git', async () => {
    const folder = await scaffoldBot('My-Bot', { parentDir });
    expect(readdirSync(folder).toSorted()).toEqual([
      '.gitignore',
      'README.md',
      'bot.test.ts',
      'bot.ts',
      'package.json',
      'tsconfig.json',
    ]);
    const { name, type, scripts, dependencies, devDependencies } = manifestIn(folder);
    expect({ name, type, scripts, dependencies }).toEqual({
      name: 'my-bot',
      type: 'module',
      scripts: {
        play: 'chipzen-agent demo --bot bot.ts --opponent tight-aggressive',
        dev: 'chipzen-agent dev bot.ts',
        check: 'chipzen-agent check bot.ts',
        test: 'node --import jiti/register --test bot.test.ts',
        typecheck: 'tsc',
        start: 'chipzen-agent run bot.ts --record matches',
      },
      dependencies: { 'chipzen-agent': expect.stringMatching(/^file:\.\.\//) },
    });
    expect(Object.keys(devDependencies)).toEqual(['@types/node', 'jiti', 'typescript']);
    expect(Object.values(devDependencies).every((version) => /^\d+\.\d+\.\d+$/.test(String(version)))).toBe(
      true,
    );
    expect(readFileSync(join(folder, '.gitignore'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['node_modules/', 'status.json*', 'chipzen.toml']),
    );
  });

  it('in JavaScript has no compiler', async () => {
    const { folder, files, dependency } = await scaffoldProject('plain', {
      parentDir,
      language: 'javascript',
      dependency: '^9.9.9',
    });
    expect(files.toSorted()).toEqual(['.gitignore', 'README.md', 'bot.js', 'bot.test.js', 'package.json']);
    expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
    const { scripts, dependencies, devDependencies } = manifestIn(folder);
    expect({ dependency, dependencies, devDependencies, test: scripts.test }).toEqual({
      dependency: '^9.9.9',
      dependencies: { 'chipzen-agent': '^9.9.9' },
      devDependencies: undefined,
      test: 'node --test bot.test.js',
    });
  });

  it.each(['typescript', 'javascript'] as const)('in %s has no blank left to fill in', async (language) => {
    const { folder, files } = await scaffoldProject('filled', { parentDir, language });
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(texts.filter((text) => /\{\{|\}\}/.test(text))).toEqual([]);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/^# filled\n/);
  });
});

describe('a name', () => {
  it.each([
    ['', 'A project needs a name, such as my-bot.'],
    ['../up', '"../up" is a path. Give a name such as my-bot, and with --dir the folder to put it in.'],
    ['a\\b', '"a\\b" is a path.'],
    ['-flag', '"-flag" cannot be the name of a project.'],
    ['my bot', '"my bot" cannot be the name of a project. Use ASCII letters'],
    ['böt', '"böt" cannot be the name of a project.'],
    ['.hidden', '".hidden" cannot be the name of a project.'],
    ['a\u001b[31mb', 'cannot be the name of a project.'],
    ['x'.repeat(101), 'The name of a project has 100 characters at most.'],
    ['Chipzen-Agent', '"Chipzen-Agent" is taken'],
    ['node_modules', '"node_modules" is taken'],
    ['CON', '"CON" is the name of a device on Windows, where no folder can have it. Choose another one.'],
    ['lpt9', '"lpt9" is the name of a device'],
    ['Nul', '"Nul" is the name of a device'],
  ])('%j is refused, and nothing is made', async (name, sentence) => {
    const failure = await scaffoldBot(name, { parentDir }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OptionError);
    expect(failure).toMatchObject({ code: 'bad_option', option: 'name' });
    expect(String(failure)).toContain(sentence);
    expect(String(failure)).not.toContain('\u001b');
    expect(readdirSync(parentDir)).toEqual([]);
  });

  it('of a folder or file that is there is refused, and what is in it stays', async () => {
    mkdirSync(join(parentDir, 'there'));
    writeFileSync(join(parentDir, 'there', 'bot.ts'), 'mine');
    writeFileSync(join(parentDir, 'file'), 'mine too');
    for (const name of ['there', 'file']) {
      await expect(scaffoldBot(name, { parentDir })).rejects.toThrow(
        'is there already, and nothing in it was changed. Choose another name, or move it away.',
      );
    }
    expect(readdirSync(join(parentDir, 'there'))).toEqual(['bot.ts']);
    expect(readFileSync(join(parentDir, 'there', 'bot.ts'), 'utf8')).toBe('mine');
    expect(readFileSync(join(parentDir, 'file'), 'utf8')).toBe('mine too');
  });
});

describe('a place', () => {
  it('that does not exist is refused', async () => {
    await expect(scaffoldBot('bot', { parentDir: join(parentDir, 'nowhere') })).rejects.toMatchObject({
      code: 'bad_option',
      option: 'dir',
      message: expect.stringMatching(
        /^There is no folder .*nowhere\. Make it, or name another one with --dir\.$/,
      ),
    });
  });

  it('that the system refuses for another reason is refused with that reason', async () => {
    await expect(scaffoldBot('bot', { parentDir: `${parentDir}\0` })).rejects.toMatchObject({
      code: 'bad_option',
      option: 'dir',
      message: expect.stringMatching(
        / cannot be written to \(ERR_INVALID_ARG_VALUE\)\. Choose another folder/,
      ),
    });
  });

  it('that is a folder of its own with nothing in it but .git becomes the project', async () => {
    const path = join(parentDir, 'mine');
    mkdirSync(join(path, '.git'), { recursive: true });
    const { files } = await scaffoldHere(path);
    expect(files).toContain('bot.ts');
    expect(manifestIn(path).name).toBe('mine');
  });

  it('that has files of another kind is left as it is', async () => {
    writeFileSync(join(parentDir, 'notes.txt'), '');
    await expect(scaffoldHere(parentDir)).rejects.toThrow(
      'has files in it and is no project of the official SDK',
    );
    expect(readdirSync(parentDir)).toEqual(['notes.txt']);
  });
});

it('a language that does not exist is refused before anything is made', async () => {
  const language = 'python' as 'javascript';
  await expect(scaffoldBot('bot', { parentDir, language })).rejects.toThrow(
    'The option language must be typescript or javascript.',
  );
  expect(existsSync(join(parentDir, 'bot'))).toBe(false);
});
