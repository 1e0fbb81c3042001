/**
 * A day of a season, from 08:00 to 24:00 on the virtual clock: sixteen bots, two rounds of fixtures, the queue with its
 * quota; then the records of it all against what the bots were told, chip for chip.
 */
import { expect, it } from 'vitest';
import type { RecordedHandRow, RecordedMatchRow } from '../../../src/protocol/http-records.js';
import { type Game, type Rating, rated, unrated } from '../../../src/records/glicko.js';
import { createTestClock, type TestClock } from '../../kit/clock.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader, stacksOfTwo } from '../../kit/record-reader.js';
import { type SeasonBot, seasonBot } from '../../kit/season-bot.js';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const startingStack = 10_000;
const at = (time: string) => Date.parse(`2026-01-06T${time}:00Z`);
const names = Array.from({ length: 16 }, (_, index) => `bot-${String(index + 1).padStart(2, '0')}`);
/** Sits in the lobby all day; comes late to its first fixture; never comes. */
const [sitter, latecomer, absentee] = ['bot-14', 'bot-15', 'bot-16'];

/** Blinds that double every ten hands, so that a match is over soon. */
const blindSchedule = Array.from({ length: 6 }, (_, level) => ({
  fromHand: 10 * (level + 1) + 1,
  smallBlind: 50 * 2 ** (level + 1),
  bigBlind: 100 * 2 ** (level + 1),
}));
const bigBlindOf = (hand: number) => 100 * 2 ** Math.min(6, Math.floor((hand - 1) / 10));

/** Round 1: the first against the last, and so on; round 2: neighbours. Ten minutes apart. */
function fixtures() {
  const rounds = [
    names.slice(0, 8).map((name, index) => [name, names[15 - index] ?? '']),
    Array.from({ length: 8 }, (_, index) => [names[2 * index] ?? '', names[2 * index + 1] ?? '']),
  ];
  return rounds.flatMap((pairs, round) =>
    pairs.map(([bot = '', opponent = ''], index) => ({
      bot_name: bot,
      opponent_bot_name: opponent,
      starts_at: new Date(at(round === 0 ? '18:40' : '20:00') + index * 10 * minuteMs).toISOString(),
      stage: 'round_robin',
      round: round + 1,
    })),
  );
}

/** Lets the clock run until then, and the sockets come to rest at each of these steps. */
async function passTo(clock: TestClock, time: number, stepMs = 10 * secondMs): Promise<void> {
  while (clock.now() < time) {
    clock.advance(Math.min(stepMs, time - clock.now()));
    await clock.rest();
  }
}

it('plays a day of a season of sixteen bots, and its records are what was played, chip for chip', async () => {
  const clock = createTestClock(at('08:00'));
  const open = await openPlatform({
    clock,
    seed: 'a season day',
    limits: 'platform',
    startingStack,
    smallBlind: 50,
    bigBlind: 100,
    blindSchedule,
    maxHands: 1_000,
    pingIntervalMs: 24 * hourMs,
  });
  const bots = names.map((name) => seasonBot(open.sandbox, name));
  const botOf = (name = ''): SeasonBot => bots.find((bot) => bot.name === name) as SeasonBot;
  const everybody = async (who: readonly SeasonBot[], run: (bot: SeasonBot) => Promise<unknown>) => {
    for (const bot of who) await run(bot);
    await clock.rest();
  };
  expect(open.sandbox.schedule({ fixtures: fixtures() })).toEqual({ scheduled: 16, past: 0 });

  // Morning: the list of each bot has its two fixtures.
  const upcomingOf = async (name: string) =>
    (await botOf(name).ask('GET', '/fixtures/upcoming')).body['fixtures'];
  expect(await upcomingOf('bot-02')).toEqual([
    {
      starts_at: '2026-01-06T18:50:00Z',
      opponent_bot_name: 'bot-15',
      decision_clock_seconds: 30,
      stage: 'round_robin',
      round: 1,
      status: 'scheduled',
    },
    {
      starts_at: '2026-01-06T20:00:00Z',
      opponent_bot_name: 'bot-01',
      decision_clock_seconds: 30,
      stage: 'round_robin',
      round: 2,
      status: 'scheduled',
    },
  ]);
  await botOf(sitter).online();

  // From 09:00: thirteen bots use up their day in the queue, two at a time.
  await passTo(clock, at('09:00'), hourMs);
  const players = bots.slice(0, 13);
  await everybody(players, (bot) => bot.online());
  const spent = new Set<SeasonBot>();
  for (let round = 0; spent.size < players.length && round < 60; round += 1) {
    // Another order each time, so that others are paired.
    const order = players.map((_, index) => players[(index * 5 + round * 3) % players.length] as SeasonBot);
    for (const bot of new Set(order)) {
      if (spent.has(bot)) continue;
      const { status, body, retryAfter } = await bot.ask('POST', '/matchmaking/join');
      if (status === 200) continue;
      expect(body['error_code']).toBe('CHALLENGE_QUOTA_EXCEEDED');
      // At 00:00 UTC.
      expect(retryAfter).toBe((at('23:59') + minuteMs - clock.now()) / secondMs);
      spent.add(bot);
    }
    await clock.rest();
    await passTo(clock, clock.now() + 10 * secondMs);
  }
  expect(players.map(({ matches }) => matches.length)).toEqual(players.map(() => 20));
  expect(open.sandbox.matches()).toHaveLength((13 * 20) / 2);
  // A house bot costs a match of the day, too.
  expect((await botOf('bot-01').ask('POST', '/challenges/house-bot')).body).toMatchObject({
    error_code: 'CHALLENGE_QUOTA_EXCEEDED',
  });
  await everybody(players, (bot) => bot.offline());

  // Eight hours in the lobby are over at 16:00.
  await passTo(clock, at('15:59'), 10 * minuteMs);
  expect((await botOf(sitter).ask('POST', '/matchmaking/join')).status).toBe(200);
  await passTo(clock, at('16:00'));
  const over = await botOf(sitter).ask('POST', '/matchmaking/join');
  expect([over.status, over.body['error_code']]).toEqual([429, 'FREE_TIER_LIMIT_EXCEEDED']);
  expect(over.body['message']).toContain('lobby_hours_per_day');

  // Evening: the fixtures. The sitter is still called; the latecomer comes 40 s after its first mark.
  await passTo(clock, at('18:30'), 10 * minuteMs);
  await everybody(players, (bot) => bot.online());
  await passTo(clock, at('18:50') - secondMs, 10 * minuteMs);
  expect(await upcomingOf('bot-02')).toHaveLength(2);
  await passTo(clock, at('18:50'));
  // It leaves the list when it opens, whether it is played already or not.
  expect(await upcomingOf('bot-02')).toHaveLength(1);
  await passTo(clock, at('18:50') + 40 * secondMs);
  await botOf(latecomer).online();
  await passTo(clock, at('21:30'));
  expect(await upcomingOf('bot-02')).toEqual([]);
  await passTo(clock, at('23:59'), 10 * minuteMs);

  const kicks = open.events.flatMap((event) => (event.type === 'fixture.kicked' ? [event] : []));
  const walkovers = open.events.flatMap((event) => (event.type === 'fixture.walkover' ? [event.winner] : []));
  const fixturesPlayed = open.events.flatMap((event) =>
    event.type === 'fixture.played' ? [event.matchId] : [],
  );
  expect(open.events.filter(({ type }) => type === 'fixture.opened')).toHaveLength(16);
  // Nobody plays the absentee: it meets the first one, then the latecomer.
  expect(walkovers).toEqual(['bot-01', latecomer]);
  expect(fixturesPlayed).toHaveLength(14);
  expect(kicks.filter(({ missing }) => missing.includes(absentee))).toHaveLength(6);
  expect(kicks.filter(({ missing }) => missing.includes(latecomer))).toHaveLength(2);
  expect(open.events.filter(({ type }) => type === 'platform.fault')).toEqual([]);

  // The records, read slowly enough.
  const reader = recordReader(open.sandbox, () => clock.advance(1_500));
  const rows: RecordedMatchRow[] = [];
  for (let page = 1; ; page += 1) {
    const { total, matches } = await reader.matches(`?page=${page}&page_size=100`);
    rows.push(...matches);
    if (rows.length >= total || matches.length === 0) break;
  }
  const seen = new Map(bots.flatMap(({ matches }) => matches.map((match) => [match.matchId, match])));
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...seen.keys()].toSorted());
  expect(new Set(rows.map(({ status, rated: isRated }) => `${status} ${isRated}`))).toEqual(
    new Set(['completed true']),
  );
  // A fixture begins within 90 s of its mark.
  const fixtureRows = rows.filter(({ id }) => fixturesPlayed.includes(id));
  const delays = fixtureRows.map(({ started_at: time }) => Date.parse(time ?? '') % (10 * minuteMs));
  expect(delays.filter((ms) => ms > 90 * secondMs)).toEqual([]);
  expect(delays.filter((ms) => ms > 0)).toEqual([60 * secondMs]);

  const hands = new Map<string, RecordedHandRow[]>();
  for (const { id, participants } of rows) {
    const recorded = await reader.hands(id);
    hands.set(id, recorded);
    const stacks = stacksOfTwo(recorded, startingStack);
    for (const bot of bots) {
      const match = bot.matches.find(({ matchId }) => matchId === id);
      if (match === undefined) continue;
      expect(stacks).toEqual(match.hands.map((hand) => hand.stacks));
      expect(recorded.map(({ hole_cards: cards }) => cards?.[String(match.seatIndex)])).toEqual(
        match.hands.map(({ cards }) => cards),
      );
      expect(participants[match.seatIndex]).toMatchObject({ bot_id: bot.botId, net_chips: match.netChips });
    }
    const last = stacks.at(-1) ?? [0, 0];
    expect(participants.map(({ net_chips: chips }) => chips)).toEqual(
      last.map((stack) => stack - startingStack),
    );
  }

  // How each bot stands is what its records add up to, in the order in which the matches ended.
  const ratings = new Map<string, Rating>();
  const ended = open.events.flatMap((event) => (event.type === 'match.ended' ? [event.matchId] : []));
  for (const matchId of ended) {
    const { participants = [] } = rows.find(({ id }) => id === matchId) ?? {};
    const before = participants.map(({ bot_id: id = '' }) => ratings.get(id) ?? unrated);
    for (const [index, { bot_id: id = '', net_chips: chips }] of participants.entries()) {
      const game: Game = { opponent: before[1 - index] ?? unrated, score: Number(chips) > 0 ? 1 : 0 };
      ratings.set(id, rated(before[index] ?? unrated, [game]));
    }
  }
  for (const { botId } of bots) {
    const own = (await reader.matches(`?bot_id=${botId}&page_size=100`)).matches;
    let [bigBlinds, count] = [0, 0];
    for (const { id, participants } of own) {
      const seat = participants.findIndex(({ bot_id: each }) => each === botId);
      let before = startingStack;
      for (const [index, stacks] of stacksOfTwo(hands.get(id) ?? [], startingStack).entries()) {
        bigBlinds += ((stacks[seat] ?? 0) - before) / bigBlindOf(index + 1);
        before = stacks[seat] ?? 0;
        count += 1;
      }
    }
    const rating = ratings.get(botId);
    const winnings = own.map(({ participants }) =>
      Number(participants.find(({ bot_id: each }) => each === botId)?.net_chips),
    );
    const answer = await reader.bot(botId);
    expect(answer).toMatchObject({
      matches_played: own.length,
      wins: winnings.filter((chips) => chips > 0).length,
      losses: winnings.filter((chips) => chips < 0).length,
      bb_hands_counted: count,
    });
    if (rating === undefined) {
      expect([answer.rating, answer.bb_per_100]).toEqual([null, null]);
      continue;
    }
    expect(answer.rating).toBeCloseTo(rating.rating, 0);
    expect(answer.rating_deviation).toBeCloseTo(rating.deviation, 0);
    expect(answer.bb_per_100).toBeCloseTo((100 * bigBlinds) / count, 0);
  }

  // Who does not wait is refused.
  const hasty = recordReader(open.sandbox);
  await expect(
    (async () => {
      for (let request = 0; request < 50; request += 1) await hasty.matches();
    })(),
  ).rejects.toThrow(/429.*RATE_001.*warned/);
}, 120_000);
