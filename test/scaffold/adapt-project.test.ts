import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { adaptProject, isOfficialProject } from '../../src/scaffold/adapt-project.js';
import { makeFolder } from '../kit/folder.js';
import { officialBot, writeOfficialProject } from './official-project.js';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
  writeOfficialProject(folder);
});

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const contents = () => Object.fromEntries(readdirSync(folder).map((file) => [file, read(file)]));

describe('a project of the official SDK', () => {
  it('is known by its package.json', async () => {
    expect(await isOfficialProject(folder)).toBe(true);
    expect(await isOfficialProject(makeFolder())).toBe(false);
    writeFileSync(join(folder, 'package.json'), '{');
    expect(await isOfficialProject(folder)).toBe(false);
  });

  it('gets the package, scripts, a test and what is to be left out; the bot and what it is built of stay', async () => {
    const before = contents();
    const { bot, changes, kept } = await adaptProject(folder, { dependency: 'file:../agent.tgz' });
    expect({ bot, kept, changes }).toEqual({
      bot: 'bot.js',
      kept: [],
      changes: [
        { file: 'package.json', what: 'chipzen-agent as file:../agent.tgz, scripts play, dev, check, test' },
        { file: '.gitignore', what: 'matches/, store.jsonl*, status.json*, chipzen.toml' },
        { file: '.dockerignore', what: 'matches/, store.jsonl*, status.json*, chipzen.toml' },
        { file: 'bot.test.js', what: 'new' },
      ],
    });
    expect(JSON.parse(read('package.json'))).toEqual({
      ...JSON.parse(before['package.json'] ?? ''),
      scripts: {
        start: 'node bot.js',
        play: 'chipzen-agent demo --bot bot.js --opponent tight-aggressive',
        dev: 'chipzen-agent dev bot.js',
        check: 'chipzen-agent check bot.js',
        test: 'node --test bot.test.js',
      },
      devDependencies: { 'chipzen-agent': 'file:../agent.tgz' },
    });
    expect(read('.gitignore')).toBe(
      `${before['.gitignore']}matches/\nstore.jsonl*\nstatus.json*\nchipzen.toml\n`,
    );
    expect(read('.dockerignore')).toBe(
      `${before['.dockerignore']}matches/\nstore.jsonl*\nstatus.json*\nchipzen.toml\n`,
    );
    expect(read('bot.test.js')).toContain("new URL('./bot.js', import.meta.url)");
    for (const file of ['bot.js', 'Dockerfile', 'README.md']) expect(read(file)).toBe(before[file]);
  });

  it('is the same after a second time', async () => {
    await adaptProject(folder, { dependency: '^1.0.0' });
    const once = contents();
    const { changes } = await adaptProject(folder, { dependency: '^1.0.0' });
    expect(changes).toEqual([]);
    expect(contents()).toEqual(once);
  });

  it('keeps its own scripts, its own test, its own indentation, and the package where it has it', async () => {
    const own = {
      main: 'player.mjs',
      scripts: { test: 'vitest', play: 'echo "Error: no test specified" && exit 1' },
      dependencies: { '@chipzen-ai/bot': '^0.3.0', 'chipzen-agent': '^0.1.0' },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own, null, '\t'));
    writeFileSync(join(folder, 'player.mjs'), officialBot);
    writeFileSync(join(folder, 'bot.test.js'), 'mine');
    const { bot, kept } = await adaptProject(folder);
    expect({ bot, kept }).toEqual({ bot: 'player.mjs', kept: ['test'] });
    const text = read('package.json');
    expect(text).toMatch(/^\{\n\t"main"/);
    expect(JSON.parse(text)).toEqual({
      ...own,
      scripts: {
        test: 'vitest',
        play: 'chipzen-agent demo --bot player.mjs --opponent tight-aggressive',
        dev: 'chipzen-agent dev player.mjs',
        check: 'chipzen-agent check player.mjs',
      },
    });
    expect(read('bot.test.js')).toBe('mine');
  });

  it('without ignore files gets one for git, and none for Docker', async () => {
    const bare = makeFolder();
    writeFileSync(
      join(bare, 'package.json'),
      JSON.stringify({ devDependencies: { '@chipzen-ai/bot': '*' } }),
    );
    writeFileSync(join(bare, 'bot.js'), officialBot);
    await adaptProject(bare);
    expect(readFileSync(join(bare, '.gitignore'), 'utf8')).toBe(
      'node_modules/\nmatches/\nstore.jsonl*\nstatus.json*\nchipzen.toml\n',
    );
    expect(existsSync(join(bare, '.dockerignore'))).toBe(false);
  });

  it.each([
    ['package.json', '[]', 'package.json is not a JSON object. Mend it first.'],
    ['package.json', '{ "name": "x", }', 'package.json is not a JSON object. Mend it first.'],
  ])('with a %s of %s is refused, and stays as it is', async (file, text, sentence) => {
    writeFileSync(join(folder, file), text);
    const before = contents();
    await expect(adaptProject(folder)).rejects.toMatchObject({
      code: 'bad_option',
      message: expect.stringContaining(sentence),
    });
    expect(contents()).toEqual(before);
  });

  it('without a bot is refused', async () => {
    const bare = makeFolder();
    writeFileSync(join(bare, 'package.json'), JSON.stringify({ dependencies: { '@chipzen-ai/bot': '*' } }));
    await expect(adaptProject(bare)).rejects.toThrow(
      'has no bot: there is none of bot.js, bot.mjs, bot.cjs, main.js, bot.ts',
    );
    expect(readdirSync(bare)).toEqual(['package.json']);
  });
});
