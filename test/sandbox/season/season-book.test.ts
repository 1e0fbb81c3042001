import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../../src/protocol/errors.js';
import type { SandboxEvent, SandboxOptions, Season } from '../../../src/sandbox/index.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader } from '../../kit/record-reader.js';
import { seasonBot } from '../../kit/season-bot.js';

const secondMs = 1_000;
const start = Date.parse('2026-01-06T18:30:00Z');
const mark = '2026-01-06T18:40:00Z';

async function open(options: SandboxOptions = {}) {
  const clock = createTestClock(start);
  const platform = await openPlatform({
    clock,
    maxHands: 2,
    pingIntervalMs: 24 * 3_600_000,
    startingStack: 1_000,
    smallBlind: 5,
    bigBlind: 10,
    ...options,
  });
  const { sandbox } = platform;

  return {
    sandbox,
    clock,
    bot: (name: string, seat?: { sitsDown: boolean }) => seasonBot(sandbox, name, seat),
    fixture: (fixture: object) =>
      sandbox.schedule({ fixtures: [{ opponent_bot_name: 'random', starts_at: mark, ...fixture }] }),

    /** Lets time pass second by second. */
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(secondMs);
        await clock.rest();
      }
    },
    fixtures: () => platform.events.filter(({ type }) => type.startsWith('fixture.')).map(shown),
    faults: () => platform.events.filter(({ type }) => type === 'platform.fault'),
  };
}

function shown(event: SandboxEvent): string {
  if (event.type === 'fixture.opened') return `opened ${event.players.join(' ')}`;
  if (event.type === 'fixture.kicked') {
    return `kick ${event.kick} without ${event.missing.join(' ') || 'nobody'}`;
  }
  if (event.type === 'fixture.walkover') return `walkover for ${event.winner ?? 'nobody'}`;
  return event.type.replace('fixture.', '');
}

describe('a fixture', () => {
  it('opens on its minute and is played at once when both are there', async () => {
    const season = await open();
    const alder = season.bot('alder');
    season.fixture({ decision_clock_seconds: 7 });
    await alder.online();
    await season.pass(599);
    expect(season.fixtures()).toEqual([]);
    await season.pass(1);
    expect(season.fixtures()).toEqual(['opened alder random', 'kick 1 without nobody', 'played']);
    expect(season.sandbox.matches()).toMatchObject([{ rated: true, state: 'ended' }]);
    const [row] = (await recordReader(season.sandbox).matches()).matches;
    expect(row).toMatchObject({ rated: true, started_at: '2026-01-06T18:40:00.000000Z' });
  });

  it('is dispatched some seconds after its minute at the pace of the platform', async () => {
    const season = await open({ speed: 1, seed: 'lag' });
    await season.bot('alder').online();
    season.fixture({});
    season.clock.advance(600 * secondMs);
    expect(season.fixtures()).toEqual(['opened alder random']);
    season.clock.advance(899);
    expect(season.fixtures()).toHaveLength(1);
    season.clock.advance(14_000 - 899);
    expect(season.fixtures()[1]).toBe('kick 1 without nobody');
  });

  it('waits 90 seconds for a bot, dispatches three times, and is a walkover without a record', async () => {
    const season = await open();
    const [alder] = [season.bot('alder'), season.bot('birch')];
    season.fixture({ opponent_bot_name: 'birch' });
    await alder.online();
    await season.pass(600 + 89);
    expect(season.fixtures()).toEqual([
      'opened alder birch',
      'kick 1 without birch',
      'kick 2 without birch',
      'kick 3 without birch',
    ]);
    await season.pass(1);
    expect(season.fixtures().slice(4)).toEqual(['walkover for alder']);
    expect((await recordReader(season.sandbox).matches()).total).toBe(0);
    expect(alder.matches).toEqual([]);
  });

  it('is played when the bot comes in time for the next dispatch', async () => {
    const season = await open();
    const alder = season.bot('alder');
    season.fixture({});
    await season.pass(600 + 31);
    await alder.online();
    await season.pass(28);
    expect(alder.matches).toEqual([]);
    await season.pass(1);
    expect(season.fixtures().slice(3)).toEqual(['kick 3 without nobody', 'played']);
  });

  it('is nobody’s when neither comes', async () => {
    const season = await open();
    season.bot('alder');
    season.bot('birch');
    season.fixture({ opponent_bot_name: 'birch' });
    await season.pass(600 + 90);
    expect(season.fixtures().at(-1)).toBe('walkover for nobody');
  });

  it('is lost by a bot that is in the lobby and does not sit down', async () => {
    const season = await open();
    const [alder, birch] = [season.bot('alder'), season.bot('birch', { sitsDown: false })];
    season.fixture({ opponent_bot_name: 'birch' });
    await alder.online();
    await birch.online();
    await season.pass(600 + 92);
    expect(season.fixtures()).toEqual([
      'opened alder birch',
      'kick 1 without nobody',
      'kick 2 without nobody',
      'kick 3 without nobody',
      'walkover for alder',
    ]);
    expect(alder.matches.map(({ reason }) => reason)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect((await recordReader(season.sandbox).matches()).total).toBe(0);
    expect(season.faults()).toEqual([]);
  });

  it('leaves the list of its bot when it opens, and stands in that of both before', async () => {
    const season = await open();
    const [alder, birch] = [season.bot('alder'), season.bot('birch')];
    season.fixture({ opponent_bot_name: 'birch', round: 3 });
    season.fixture({ starts_at: '2026-01-06T18:35:00Z' });
    const opponents = async (bot: typeof alder) =>
      ((await bot.ask('GET', '/fixtures/upcoming')).body['fixtures'] as { opponent_bot_name: string }[]).map(
        ({ opponent_bot_name: name }) => name,
      );
    expect([await opponents(alder), await opponents(birch)]).toEqual([['random', 'birch'], ['alder']]);
    await season.pass(300);
    expect([await opponents(alder), await opponents(birch)]).toEqual([['birch'], ['alder']]);
    await season.pass(300);
    expect([await opponents(alder), await opponents(birch)]).toEqual([[], []]);
  });

  it('opens on its minute of the wall clock, also when that is set meanwhile', async () => {
    const clock = createTestClock(start);
    let aheadMs = 0;
    const season = await open({ clock: { ...clock, wallNow: () => clock.now() + aheadMs } });
    season.bot('alder');
    season.fixture({});
    clock.advance(30 * secondMs);
    aheadMs = 560 * secondMs;
    clock.advance(9 * secondMs);
    expect(season.fixtures()).toEqual([]);
    clock.advance(30 * secondMs);
    expect(season.fixtures()).toEqual(['opened alder random', 'kick 1 without alder']);
  });

  it('is left out when nobody would wait for it any more', async () => {
    const season = await open();
    season.bot('alder');
    expect(season.fixture({ starts_at: '2026-01-06T18:28:30Z' })).toEqual({ scheduled: 0, past: 1 });
    expect(season.fixture({ starts_at: '2026-01-06T18:28:31Z' })).toEqual({ scheduled: 1, past: 0 });
    season.clock.advance(0);
    expect(season.fixtures()[0]).toBe('opened alder random');
  });

  it('leaves no timer behind when the platform closes', async () => {
    const season = await open();
    season.bot('alder');
    season.fixture({});
    season.fixture({ starts_at: '2026-01-06T18:30:00Z' });
    season.clock.advance(0);
    await season.sandbox.close();
    expect(season.clock.pending()).toBe(0);
  });

  it.each<[string, Season['fixtures'][number]]>([
    ['fixtures[1]: there is no bot nobody', { opponent_bot_name: 'nobody', starts_at: mark }],
    [
      'fixtures[1]: there is no bot nobody',
      { bot_name: 'nobody', opponent_bot_name: 'random', starts_at: mark },
    ],
    [
      'fixtures[1]: alder cannot have a fixture against itself',
      { opponent_bot_name: 'alder', starts_at: mark },
    ],
    [
      'fixtures[1]: bot_name must be a bot of this platform',
      { bot_name: 'random', opponent_bot_name: 'alder', starts_at: mark },
    ],
    ['fixtures[1]: several bots are called twin', { opponent_bot_name: 'twin', starts_at: mark }],
  ])('is refused with all others: %s', async (message, bad) => {
    const season = await open();
    for (const name of ['alder', 'twin', 'twin']) season.bot(name);
    const fixtures = [{ opponent_bot_name: 'random', starts_at: mark }, bad];
    expect(() => season.sandbox.schedule({ fixtures })).toThrow(OptionError);
    expect(() => season.sandbox.schedule({ fixtures })).toThrow(message);
    await season.pass(700);
    expect(season.fixtures()).toEqual([]);
  });

  it('needs a bot that could play it', async () => {
    const season = await open();
    expect(() => season.fixture({})).toThrow('Add a bot before its fixtures.');
  });
});

describe('a fixture of an earlier run', () => {
  const fixture = { bot_name: 'alder', opponent_bot_name: 'random', starts_at: mark };

  it('is not played again when its match is going on or over', async () => {
    const state = join(makeFolder(), 'state.jsonl');
    const first = await open({ state });
    await first.bot('alder').online();
    first.sandbox.schedule({ fixtures: [fixture] });
    await first.pass(600);
    expect(first.fixtures().at(-1)).toBe('played');
    await first.sandbox.close();
    const second = await open({ state });
    expect(
      second.sandbox.schedule({ fixtures: [fixture, { ...fixture, opponent_bot_name: 'equity' }] }),
    ).toEqual({
      scheduled: 1,
      past: 1,
    });
  });

  it('is played when nobody came for its match', async () => {
    const state = join(makeFolder(), 'state.jsonl');
    const first = await open({ state });
    await first.bot('alder', { sitsDown: false }).online();
    first.sandbox.schedule({ fixtures: [fixture] });
    await first.pass(600 + 120);
    expect(first.fixtures().at(-1)).toBe('walkover for random');
    await first.sandbox.close();
    const second = await open({ state });
    expect(second.sandbox.schedule({ fixtures: [fixture] })).toEqual({ scheduled: 1, past: 0 });
  });
});
