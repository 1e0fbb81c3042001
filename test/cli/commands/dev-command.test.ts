import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { houseBotNames } from '../../../src/house/house-bot-names.js';
import { makeFolder } from '../../kit/folder.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

const caller = `export default {
  decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }),
};`;

let dir: string;
let bot: string;
beforeEach(() => {
  dir = makeFolder();
  bot = join(dir, 'bot.mjs');
  writeFileSync(bot, caller);
});

async function dev(args: string[], io: FakeIo = fakeIo()) {
  const quick = ['--isolate', 'none', '--no-dashboard', '--speed', '0', '--hands', '2'];
  const code = await runCli(['dev', ...args, ...quick], io);
  return { code, out: io.out(), err: io.err(), listeners: io.listeners() };
}

const startedAgainst = (out: string[]) =>
  out.flatMap((line) => /: started at seat 0 against (.*)$/.exec(line)?.[1] ?? []);

describe('dev', () => {
  it('plays each house bot in turn and from the beginning again, and says what it came to', async () => {
    const { code, out, err, listeners } = await dev([bot, '--matches', '10', '--seed', 'a']);
    expect({ code, err, listeners }).toEqual({ code: 0, err: [], listeners: 0 });
    expect(out[0]).toMatch(/^The local platform is at ws:\/\/127\.0\.0\.1:\d+, seed a\. Ctrl-C ends it\.$/);
    expect(startedAgainst(out)).toEqual([...houseBotNames, 'random']);
    expect(out.slice(-houseBotNames.length).map((line) => line.replace(/[+-]?\d+ chips/, 'N chips'))).toEqual(
      [
        'against random: N chips in 2 matches, 4 hands',
        // The maniac has lost all its chips, or won all, in the first hand.
        ...houseBotNames
          .slice(1)
          .map((name) => `against ${name}: N chips in 1 match, ${name === 'maniac' ? '1 hand' : '2 hands'}`),
      ],
    );
  });

  it('plays the opponents that are named, all at one table, a bot file among them', async () => {
    const opponents = ['--opponent', bot, '--opponent', 'random'];
    const { code, out } = await dev([bot, '--matches', '2', '--seed', 'a', ...opponents]);
    expect([code, startedAgainst(out)]).toEqual([0, ['bot, random', 'bot, random']]);
    expect(out.at(-1)).toMatch(/^against bot, random: [+-]?\d+ chips in 2 matches, 4 hands$/);
  });

  it('ends at the first Ctrl-C with what was played so far, though a match is live', async () => {
    const endless = join(dir, 'endless.mjs');
    writeFileSync(endless, `export default { decide: () => new Promise(() => undefined) };`);
    const io = fakeIo({}, (line) => {
      if (line.includes(': started')) setImmediate(() => io.signal('SIGINT'));
    });
    const { code, out, err, listeners } = await dev([endless], io);
    expect({ code, err, listeners }).toEqual({ code: 0, err: ['SIGINT: ending now.'], listeners: 0 });
    expect(out.find((line) => line.startsWith('session over'))).toBe(
      'session over: 0 completed, 1 abandoned; told to stop',
    );
  });

  it('leads to no real platform, whatever the environment says', async () => {
    const { code, out } = await dev(
      [bot, '--matches', '1'],
      fakeIo({
        CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_real',
        CHIPZEN_LOBBY_URL: 'wss://real.example/ws/external/bot/x',
        CHIPZEN_BOT_ID: 'x',
        CHIPZEN_ENV: 'prod',
      }),
    );
    expect(code).toBe(0);
    expect(out.join('\n')).not.toMatch(/real/);
  });

  it('does not read a chipzen.toml', async () => {
    const home = makeFolder();
    mkdirSync(join(home, '.chipzen'));
    writeFileSync(join(home, '.chipzen', 'chipzen.toml'), 'this is not TOML');
    const { code, err } = await dev([bot, '--matches', '1'], fakeIo({ HOME: home }));
    expect({ code, err }).toEqual({ code: 0, err: [] });
  });

  it('plays the class that is named', async () => {
    writeFileSync(
      bot,
      `import { writeFileSync } from 'node:fs';
      class Bot { decide() { return { action: 'fold' }; } }
      export class One extends Bot {}
      export class Two extends Bot { onMatchStart() { writeFileSync('${dir}/two', ''); } }`,
    );
    expect((await dev([bot, '--matches', '1'])).code).toBe(6);
    expect((await dev([bot, '--matches', '1', '--bot-class', 'Two'])).code).toBe(0);
    expect(existsSync(join(dir, 'two'))).toBe(true);
  });

  it('tells a program what a person is told, one object a line', async () => {
    const { code, out } = await dev([bot, '--matches', '1', '--json', '--seed', 'a']);
    const events = out.map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(0);
    expect(events[0]).toEqual({
      type: 'dev.platform',
      url: expect.stringMatching(/^ws:/),
      seed: 'a',
      at: expect.any(Number),
    });
    expect(events.some(({ type }) => type === 'match.ended')).toBe(true);
    expect(events.at(-1)).toEqual({
      type: 'dev.totals',
      totals: [{ opponents: 'random', matches: 1, hands: 2, netChips: expect.any(Number) }],
      at: expect.any(Number),
    });
  });

  it.each([
    [
      'a bot file that is not there',
      ['nowhere.mjs'],
      2,
      /^chipzen-agent: There is no bot file .*nowhere\.mjs\.$/,
    ],
    ['an opponent that does not exist', ['--opponent', 'nobody'], 2, /There is no house bot "nobody"/],
    [
      'a table that is too full',
      Array.from({ length: 6 }, () => ['--opponent', 'random']).flat(),
      2,
      /6 seats at most/,
    ],
  ])('refuses %s before it begins', async (_what, args, exit, sentence) => {
    const { code, out, err } = await dev(args.includes('nowhere.mjs') ? args : [bot, ...args]);
    expect(code).toBe(exit);
    expect(err.join('\n')).toMatch(sentence);
    expect(startedAgainst(out)).toEqual([]);
  });

  it('ends with the exit code of a bot when the file exports none', async () => {
    writeFileSync(bot, 'export const answer = 42;');
    const { code, err } = await dev([bot]);
    expect([code, err.length]).toEqual([6, 1]);
  });

  it('leaves a bot the time that the platform would, however fast it plays', async () => {
    const slow = join(dir, 'slow.mjs');
    writeFileSync(
      slow,
      `import { appendFileSync } from 'node:fs';
      export default {
        decide: (state, { deadline }) => {
          appendFileSync('${dir}/left', Math.round((deadline - Date.now()) / 1000) + ' ');
          return { action: state.validActions.includes('check') ? 'check' : 'fold' };
        },
      };`,
    );
    const args = ['--isolate', 'none', '--no-dashboard', '--hands', '1', '--matches', '1', '--speed', '0.01'];
    expect(await runCli(['dev', slow, ...args], fakeIo())).toBe(0);
    expect(new Set(readFileSync(join(dir, 'left'), 'utf8').trim().split(' '))).toEqual(new Set(['30']));
  });
});
