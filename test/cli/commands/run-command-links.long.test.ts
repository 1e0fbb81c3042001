/** `run` with symbolic links: as the bot file, among its imports, and as its folder. */
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCommand } from '../../kit/built-command.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { matchNamesIn, recordsIn } from '../../recording/recorded-folder.js';

interface Linked {
  /** What is started. */
  bot: string;
  /** Files of version 1, in which `two` stands in place of `one` for version 2. */
  files: (version: 'one' | 'two') => Record<string, string>;
  /** The link, and where it leads for each version. */
  link: { path: string; one: string; two: string };
  /** The files of the record, told from the folder of the real bot file. */
  recorded: string[];
}

const botText = (helper: string): string => `import { version } from '${helper}';
export default class {
  constructor() { console.log('<' + version + '>'); }
  decide({ validActions }) { return { action: validActions.includes('check') ? 'check' : 'call' }; }
}`;
const helperText = (version: string): string => `export const version = '${version}';`;

const ways: [string, Linked][] = [
  [
    'the bot file',
    {
      bot: 'bot.mjs',
      files: (v) => ({ [`${v}/mine.mjs`]: botText('./version.mjs'), [`${v}/version.mjs`]: helperText(v) }),
      link: { path: 'bot.mjs', one: 'one/mine.mjs', two: 'two/mine.mjs' },
      recorded: ['mine.mjs', 'version.mjs'],
    },
  ],
  [
    'a file that it imports',
    {
      bot: 'bot.mjs',
      files: (v) => ({ 'bot.mjs': botText('./version.mjs'), [`lib/${v}.mjs`]: helperText(v) }),
      link: { path: 'version.mjs', one: 'lib/one.mjs', two: 'lib/two.mjs' },
      recorded: ['bot.mjs', 'lib/one.mjs'],
    },
  ],
  [
    'a file that a bot in TypeScript imports',
    {
      bot: 'bot.ts',
      files: (v) => ({
        'bot.ts': botText('./version.js').replace(
          '{ validActions }',
          '{ validActions }: { validActions: string[] }',
        ),
        [`lib/${v}.ts`]: helperText(v),
      }),
      link: { path: 'version.ts', one: 'lib/one.ts', two: 'lib/two.ts' },
      recorded: ['bot.ts', 'lib/one.ts'],
    },
  ],
  [
    'its folder',
    {
      bot: 'current/bot.mjs',
      files: (v) => ({
        [`releases/${v}/bot.mjs`]: botText('./version.mjs'),
        [`releases/${v}/version.mjs`]: helperText(v),
      }),
      link: { path: 'current', one: 'releases/one', two: 'releases/two' },
      recorded: ['bot.mjs', 'version.mjs'],
    },
  ],
];

async function runLinked({ bot, files, link }: Linked, extra: string[]) {
  const dir = makeFolder();
  for (const version of ['two', 'one'] as const) {
    for (const [name, text] of Object.entries(files(version))) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
  }
  symlinkSync(link.one, join(dir, link.path));
  const { sandbox } = await openPlatform({ maxHands: 2 });
  const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'linked' });
  const run = startCommand(
    ['run', bot, ...extra],
    { CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
    dir,
  );
  await run.wrote('online, waiting for matches');
  return {
    run,
    dir,
    async play() {
      const { matchId } = await sandbox.dispatch(botId, { opponents: ['calling-station'] });
      await sandbox.result(matchId);
    },
    /** As those who deploy releases do: the name is never missing. */
    retarget() {
      symlinkSync(link.two, join(dir, 'next'));
      renameSync(join(dir, 'next'), join(dir, link.path));
    },
    async end(): Promise<string> {
      run.interrupt();
      expect(await run.code()).toBe(0);
      return run.written();
    },
  };
}

describe.each(ways)('a link that is %s', (_, linked) => {
  it('is the same code in every mode; where it leads elsewhere is told in one line, and what was started plays on', async () => {
    const hashes = new Set<string | null | undefined>();
    for (const isolate of ['none', 'worker', 'process']) {
      const { run, retarget, play, end, dir } = await runLinked(linked, [
        '--isolate',
        isolate,
        '--record',
        'kept',
      ]);
      retarget();
      const line = 'changed: what was started plays on; start again to play the new code';
      await run.wrote(line);
      // A place of each match, and the one that is ready before it.
      for (let match = 0; match < 3; match += 1) await play();
      const written = await end();
      expect(written).toContain('<one>');
      expect(written).not.toContain('<two>');
      expect(written.split(line)).toHaveLength(2);
      const names = matchNamesIn(join(dir, 'kept'));
      expect(names).toHaveLength(3);
      for (const name of names) {
        const { header } = await recordsIn(join(dir, 'kept', name));
        // Told from the folder of the real bot file.
        expect(header?.played?.files.map(({ path }) => path)).toEqual(linked.recorded);
        expect(header?.bot?.file).toBe(join(dir, linked.bot));
        hashes.add(header?.played?.hash);
      }
    }
    expect([...hashes]).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
  });

  it('and leads elsewhere is followed with --watch', async () => {
    const { run, retarget, play, end } = await runLinked(linked, ['--watch']);
    retarget();
    await run.wrote('changed: the next match plays the new code');
    const before = run.written().length;
    await play();
    await play();
    const after = (await end()).slice(before);
    expect(after).toContain('<two>');
    expect(after).not.toContain('<one>');
  });
});
