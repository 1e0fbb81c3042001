/**
 * A platform at work on a disk that is full now and then: fixtures, queue, matches that break. After a restart it knows
 * what it had told.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRandom } from '../../../src/chance/random.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { afterTest } from '../../kit/after-test.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader } from '../../kit/record-reader.js';
import { seasonBot } from '../../kit/season-bot.js';

const ends = ['error', 'gateway', 'abandoned'] as const;
const names = ['one', 'two', 'three', 'four'];

function limitFiles(bytes: number | 'unlimited'): void {
  expect(spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]).status).toBe(0);
}

/** What anybody can read of the matches that are over, and of the bots. */
async function publicFacts(sandbox: Sandbox) {
  const reader = recordReader(sandbox);
  const { matches } = await reader.matches('?page_size=100');
  const bots = [];
  for (const { botId } of sandbox.bots()) {
    const { rating, rating_deviation: deviation, wins, losses } = await reader.bot(botId);
    bots.push({ botId, rating, deviation, wins, losses });
  }
  const over = matches.filter(({ status }) => status !== 'in_progress');
  return {
    bots,
    // Those that were played at the same time may change places.
    matches: over.map((row) => ({ ...row, started_at: null })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ended: sandbox
      .matches()
      .flatMap(({ matchId, state }) => (state === 'ended' ? [matchId] : []))
      .toSorted(),
  };
}

it.each(['a', 'd'])('knows after a restart what it had told, by seed %s', async (seed) => {
  afterTest(() => limitFiles('unlimited'));
  const random = createRandom(seed);
  const chance = (share: number) => random() < share;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const clock = createTestClock(Date.parse('2026-01-06T18:39:00Z'));
  const state = join(makeFolder(), 'state.jsonl');
  const options = { clock, state, seed, startingStack: 300, maxHands: 5, pingIntervalMs: 24 * 3_600_000 };
  const { sandbox, events } = await openPlatform(options);
  const bots = names.map((name) => seasonBot(sandbox, name, { sitsDown: name !== 'four' }));
  for (const bot of bots) await bot.online();
  const fixtures = [0, 1, 2, 3].flatMap((minute) => [
    { bot_name: 'one', opponent_bot_name: 'two', starts_at: `2026-01-06T18:4${minute}:00Z` },
    { bot_name: 'three', opponent_bot_name: 'four', starts_at: `2026-01-06T18:4${minute}:30Z` },
  ]);
  expect(sandbox.schedule({ fixtures })).toEqual({ scheduled: 8, past: 0 });

  for (let second = 0; second < 420; second += 1) {
    if (chance(0.3)) limitFiles(statSync(state).size + Math.floor(random() * 400));
    else if (chance(0.2)) limitFiles('unlimited');
    if (chance(0.15)) await oneOf(bots).ask('POST', '/matchmaking/join');
    if (chance(0.05)) {
      const bot = oneOf(bots);
      await bot.offline();
      await bot.online();
    }
    const playing = sandbox.matches().filter((match) => match.state === 'playing');
    if (chance(0.05) && playing.length > 0) sandbox.control.endMatch(oneOf(playing).matchId, oneOf(ends));
    clock.advance(1_000);
    await clock.rest();
  }
  // The end of this one is told, and there is no room for it before the platform closes.
  limitFiles('unlimited');
  const { matchId } = await sandbox.play({ players: ['random', 'random'] });
  limitFiles(statSync(state).size);
  sandbox.control.endMatch(matchId, 'gateway');
  const typesOf = (pattern: RegExp) => events.filter(({ type }) => pattern.test(type)).length;
  expect(typesOf(/^platform\.fault/)).toBe(0);
  expect(typesOf(/^state\.failed/)).toBeGreaterThan(10);
  expect(typesOf(/^fixture\.(played|walkover)/)).toBe(8);
  const before = await publicFacts(sandbox);
  expect(before.matches.length).toBeGreaterThan(5);
  for (const { participants } of before.matches) {
    expect(participants.reduce((sum, { net_chips: chips }) => sum + (chips ?? 0), 0)).toBe(0);
  }

  limitFiles('unlimited');
  await sandbox.close();
  const again = await openPlatform(options);
  expect(await publicFacts(again.sandbox)).toEqual(before);
});
