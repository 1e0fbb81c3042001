import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { writeOfficialProject } from '../../scaffold/official-project.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

let dir: string;
beforeEach(() => {
  dir = makeFolder();
});

const init = (...args: string[]) => initIn(dir, ...args);

async function initIn(parent: string, ...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['init', ...args, '--dir', parent], io);
  return { code, out: io.out(), err: io.err() };
}

describe('init', () => {
  it('makes a project, and says what is next', async () => {
    const { code, out, err } = await init('my-bot', '--dependency', '^1.2.3');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      'my-bot is a project now, with chipzen-agent as ^1.2.3:',
      '  package.json, bot.test.ts, bot.ts, tsconfig.json, README.md, .gitignore',
      '',
      'Next:',
      expect.stringMatching(/^ {2}cd \S+my-bot$/),
      '  npm install',
      '  npm run play   # one match on this machine',
      '  npm run dev    # match after match, with a page to watch',
      '  npm test       # turns that never change',
      '  npm run check  # what would cost the bot chips',
      '',
      'The bot is in bot.ts.',
    ]);
  });

  it.each([[['--js']], [['--language', 'javascript']]])('makes one in JavaScript with %j', async (flags) => {
    const { code, out } = await init('plain', ...flags);
    expect([code, out.at(-1)]).toEqual([0, 'The bot is in bot.js.']);
    expect(readdirSync(join(dir, 'plain'))).not.toContain('tsconfig.json');
  });

  it('tells a program in one line of JSON', async () => {
    const { code, out } = await init('my-bot', '--json');
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        folder: join(dir, 'my-bot'),
        files: ['package.json', 'bot.test.ts', 'bot.ts', 'tsconfig.json', 'README.md', '.gitignore'],
        dependency: expect.stringMatching(/^file:/),
      },
    ]);
  });

  it('refuses a name, and a folder that is there, with the exit code for usage and one sentence', async () => {
    expect(await init('my bot')).toEqual({
      code: 2,
      out: [],
      err: [
        'chipzen-agent: "my bot" cannot be the name of a project. Use ASCII letters, digits, dashes and underscores, and begin with a letter or a digit.',
      ],
    });
    await init('twice');
    const before = readFileSync(join(dir, 'twice', 'bot.ts'), 'utf8');
    writeFileSync(join(dir, 'twice', 'bot.ts'), `${before}// mine\n`);
    expect(await init('twice')).toEqual({
      code: 2,
      out: [],
      err: [
        `chipzen-agent: ${join(dir, 'twice')} is there already, and nothing in it was changed. Choose another name, or move it away.`,
      ],
    });
    expect(readFileSync(join(dir, 'twice', 'bot.ts'), 'utf8')).toBe(`${before}// mine\n`);
  });

  it.each([['my-bot'], ['.']])(
    'names the folder of --dir when that is a file or not there: init %s',
    async (name) => {
      const path = join(dir, 'notes.txt');
      writeFileSync(path, '');
      expect(await initIn(path, name)).toEqual({
        code: 2,
        out: [],
        err: [`chipzen-agent: ${path} is no folder. Name one with --dir.`],
      });
      const missing = join(dir, 'nowhere');
      expect(await initIn(missing, name)).toEqual({
        code: 2,
        out: [],
        err: [`chipzen-agent: There is no folder ${missing}. Make it, or name another one with --dir.`],
      });
    },
  );

  it('takes a name that begins with that of a device, and not the name itself', async () => {
    expect((await init('console')).code).toBe(0);
    expect(await init('CON')).toMatchObject({
      code: 2,
      err: [expect.stringContaining('"CON" is the name of a device on Windows')],
    });
  });

  it.each([[[]], [['.']]])('adapts a project of the official SDK with %j', async (args) => {
    writeOfficialProject(dir);
    const { code, out } = await init(...args, '--dependency', '^1.2.3');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/ is a project of the official SDK, and has chipzen-agent as well now:$/);
    expect(out.slice(1, 5)).toEqual([
      '  package.json   chipzen-agent as ^1.2.3, scripts play, dev, check, test',
      '  .gitignore     matches/, store.jsonl*, status.json*, chipzen.toml',
      '  .dockerignore  matches/, store.jsonl*, status.json*, chipzen.toml',
      '  bot.test.js    new',
    ]);
    expect(out.at(-1)).toBe(
      'bot.js stays as it is: where chipzen-agent loads it, its import of @chipzen-ai/bot gets chipzen-agent.',
    );
    const again = await init(...args, '--dependency', '^1.2.3');
    expect(again.out[0]).toMatch(/ has all it needs; nothing was changed\.$/);
  });

  it('refuses a folder with other files', async () => {
    writeFileSync(join(dir, 'notes.txt'), '');
    const { code, err } = await init();
    expect([code, err]).toEqual([
      2,
      [
        `chipzen-agent: ${dir} has files in it and is no project of the official SDK, so nothing in it was changed. Give the name of a new folder: chipzen-agent init my-bot.`,
      ],
    ]);
  });
});
