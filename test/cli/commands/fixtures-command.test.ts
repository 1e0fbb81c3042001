/** `fixtures` against the local platform, at times of the test's own. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FixturesFlags, showFixtures } from '../../../src/cli/commands/fixtures-command.js';
import { runCli } from '../../../src/cli/program.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import type { SeasonFixture } from '../../../src/sandbox/index.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { botToken, openEndpoint } from '../../platform/fake-endpoint.js';
import { mark } from '../../season/example-fixtures.js';
import { readCalendar } from '../../season/read-calendar.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const dayMs = 86_400_000;

/** Two days and three hours before the first fixture. */
const start = mark - 2 * dayMs - 3 * 3_600_000;

async function open(fixtures: Partial<SeasonFixture>[]) {
  // Loaded before the clock moves: it jumps ahead when no socket moves any more.
  await import('undici');
  const clock = createTestClock(start);
  const { sandbox } = await openPlatform({ clock });
  const bot = sandbox.addBot({ name: 'alder' });
  sandbox.schedule({ fixtures: fixtures.map((each) => ({ opponent_bot_name: 'random', ...each })) });
  const home = makeFolder();
  return {
    bot,
    clock,
    home,
    url: sandbox.url,
    async fixtures(flags: FixturesFlags = {}) {
      const io = fakeIo({ HOME: home, TZ: 'Europe/Berlin', CHIPZEN_EXTBOT_TOKEN: bot.token });
      const work = showFixtures({ url: bot.lobbyUrl, ...flags }, terminalOf(io), clock);
      const code = await clock.passUntil(work, 'fixtures');
      return { code, out: io.out(), err: io.err() };
    },
  };
}

const two = [
  { starts_at: '2026-01-06T18:40:00Z' },
  {
    starts_at: '2026-01-07T18:40:00Z',
    opponent_bot_name: 'tight-aggressive',
    stage: 'final',
    round: 'last',
    decision_clock_seconds: 2,
  },
];

describe('fixtures', () => {
  it('shows when, against whom, at which clock, and how long until then', async () => {
    const { fixtures } = await open(two);
    const { code, out, err } = await fixtures();
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual([
      'Local times are those of Europe/Berlin.',
      'opponent                         local               UTC      starts  clock                 stage',
      'random            Tue 2026-01-06 19:40  2026-01-06 18:40  in 2 d 3 h   30 s  round_robin, round 1',
      'tight-aggressive  Wed 2026-01-07 19:40  2026-01-07 18:40  in 3 d 3 h    2 s           final, last',
    ]);
  });

  it('tells the same as JSON', async () => {
    const { fixtures, bot, url } = await open(two.slice(1));
    const { code, out } = await fixtures({ json: true });
    expect(code).toBe(0);
    expect(JSON.parse(out.join(''))).toEqual({
      platform: url.replace(/^ws/, 'http'),
      botId: bot.botId,
      askedAt: start,
      timeZone: 'Europe/Berlin',
      fixtures: [
        {
          fixtureId: null,
          startsAt: mark + dayMs,
          startsAtText: '2026-01-07T18:40:00Z',
          opponent: 'tight-aggressive',
          decisionClockMs: 2_000,
          stage: 'final',
          round: 'last',
          status: 'scheduled',
          utc: '2026-01-07T18:40:00.000Z',
          local: 'Wed 2026-01-07 19:40',
          inMs: 3 * dayMs + 3 * 3_600_000,
        },
      ],
      notes: [],
    });
  });

  it('says that there are none, which is no failure', async () => {
    const { fixtures, url } = await open([]);
    expect(await fixtures()).toEqual({
      code: 0,
      out: [`No fixture is to come (${url.replace(/^ws/, 'http')}).`],
      err: [],
    });
  });

  it('tells what the list leaves open, and shows no token that it echoes', async () => {
    const body = {
      fixtures: [
        { scheduled_at: '2026-01-06T18:40:00Z', opponent_bot_name: `me\u001b[2J ${botToken}` },
        { starts_at: 'tonight' },
        5,
      ],
    };
    const { port } = await openEndpoint({ body });
    const io = fakeIo({ TZ: 'UTC', CHIPZEN_EXTBOT_TOKEN: botToken });
    const lobby = `ws://127.0.0.1:${port}/ws/external/bot/b1`;
    expect(await runCli(['fixtures', '--url', lobby], io)).toBe(0);
    expect(io.out().slice(2)).toEqual([
      expect.stringMatching(/^me\[2J \[token\] +Tue 2026-01-06 18:40 +2026-01-06 18:40 .* - +-$/),
      expect.stringMatching(/^not known yet +\? +\? +\? +- +-$/),
    ]);
    expect(io.err()).toEqual([
      'note: The time of a fixture cannot be read: tonight',
      'note: Without a clock: 2 of 2.',
      'note: Read under names that are not the usual ones: scheduled_at.',
      'note: Entries of the list that cannot be read, and are left out: 1.',
    ]);
  });

  it('ends with 3 for a token that is refused', async () => {
    const { fixtures } = await open(two);
    const token = `cz_extbot_${'x'.repeat(40)}`;
    const { code, out, err } = await fixtures({ token });
    expect([code, out]).toEqual([3, []]);
    expect(err.join(' ')).toContain('EXTAPI_INVALID_TOKEN');
    expect(err.join(' ')).not.toContain(token);
  });

  it.each<[number, string[], Record<string, string>, string]>([
    [2, ['--json', '--ics'], {}, 'name a file for --ics'],
    [2, [], { CHIPZEN_EXTBOT_TOKEN: '' }, 'token'],
    [2, ['--ics', ''], {}, 'Give the name of a file.'],
    [4, ['--url', 'ws://127.0.0.1:1/ws/external/bot/b1'], {}, 'no answer from'],
  ])('ends with %d for %j', async (exit, args, env, words) => {
    const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: botToken, ...env });
    const url = 'ws://127.0.0.1:9/ws/external/bot/b1';
    const code = await runCli(['fixtures', ...(args.includes('--url') ? [] : ['--url', url]), ...args], io);
    expect([code, io.err().join(' ')]).toEqual([exit, expect.stringContaining(words)]);
  });
});

describe('fixtures --ics', () => {
  it('writes a calendar that others can read, and goes on from it the next time', async () => {
    const { fixtures, clock } = await open(two);
    const folder = makeFolder();
    const ics = join(folder, 'season', 'fixtures.ics');
    const first = await fixtures({ ics });
    expect([first.code, first.err]).toEqual([0, [`${ics}: 2 events, 2 new`]]);
    expect(first.out).toHaveLength(4);
    const text = readFileSync(ics, 'utf8');
    expect(readCalendar(text)).toMatchObject([
      { DTSTART: '20260106T184000Z', SUMMARY: 'Chipzen: random (round_robin, round 1)', SEQUENCE: '0' },
      { DTSTART: '20260107T184000Z', SUMMARY: 'Chipzen: tight-aggressive (final, last)' },
    ]);
    expect(statSync(ics).mode & 0o044).toBe(0o044);
    clock.advance(3_600_000);
    expect((await fixtures({ ics })).err).toEqual([`${ics}: 2 events`]);
    expect(readFileSync(ics, 'utf8')).toBe(text);
    expect(readdirSync(join(folder, 'season')).toSorted()).toEqual(['fixtures.ics', 'fixtures.ics.state']);
  });

  it('goes to standard output alone, and keeps its state in the home folder', async () => {
    const { fixtures, home } = await open(two);
    const { code, out, err } = await fixtures({ ics: true });
    expect([code, err, out[0], out.at(-1)]).toEqual([0, [], 'BEGIN:VCALENDAR\r', 'END:VCALENDAR\r']);
    expect(readdirSync(join(home, '.chipzen'))).toEqual([
      expect.stringMatching(/^fixtures-[\da-f]{12}\.state$/),
    ]);
  });

  it('says once that a fixture is gone', async () => {
    const ics = join(makeFolder(), 'a.ics');
    const row = { starts_at: '2099-01-06T18:40:00Z', opponent_bot_name: 'birch' };
    const bodies = [{ fixtures: [row] }, { fixtures: [] }, { fixtures: [] }];
    const { port } = await openEndpoint(() => ({ body: bodies.shift() }));
    const states = [];
    while (bodies.length > 0) {
      const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: botToken });
      const lobby = `ws://127.0.0.1:${port}/ws/external/bot/b1`;
      expect(await runCli(['fixtures', '--url', lobby, '--ics', ics], io)).toBe(0);
      states.push(readCalendar(readFileSync(ics, 'utf8')).map(({ STATUS, SEQUENCE }) => [STATUS, SEQUENCE]));
    }
    expect(states).toEqual([[['CONFIRMED', '0']], [['CANCELLED', '1']], []]);
  });

  it('tells that its state is damaged, and mends it', async () => {
    const { fixtures } = await open(two);
    const ics = join(makeFolder(), 'a.ics');
    writeFileSync(`${ics}.state`, '\0'.repeat(100));
    expect((await fixtures({ ics })).err).toEqual([
      `warning: ${ics}.state is not used: it is damaged, or of another version. Events that were moved since the last calendar may be there twice.`,
      `${ics}: 2 events, 2 new`,
    ]);
    expect((await fixtures({ ics })).err).toEqual([`${ics}: 2 events`]);
  });

  it('refuses a place where no file can be', async () => {
    const { fixtures } = await open(two);
    const folder = makeFolder();
    await expect(fixtures({ ics: folder })).rejects.toThrow('is a folder: give --ics the name of a file.');
    writeFileSync(join(folder, 'file'), '');
    await expect(fixtures({ ics: join(folder, 'file', 'a.ics') })).rejects.toThrow('cannot be written');
    expect(existsSync(`${folder}.state`)).toBe(false);
  });
});
