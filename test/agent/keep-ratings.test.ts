import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepRatings } from '../../src/agent/keep-ratings.js';
import type { PlatformClient } from '../../src/platform/platform-client.js';
import type { PublicBot } from '../../src/platform/read-records.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { exampleResult } from '../ledger/example-matches.js';

const told: PublicBot = {
  rating: 1_617.4,
  ratingDeviation: 61.2,
  matchesPlayed: 143,
  wins: 89,
  losses: 54,
  bbPer100: 21.3,
  bbHandsCounted: 6_898,
  botKind: 'external_api',
  llmAuthorModel: null,
};

function keeper(bot: () => Promise<PublicBot> = async () => told) {
  const clock = createVirtualClock();
  const folder = makeFolder();
  const troubles: string[] = [];
  const asked: string[] = [];
  const ratings = keepRatings({
    folder,
    botId: 'b1',
    platform: {
      records: {
        bot(botId: string) {
          asked.push(botId);
          return bot();
        },
      },
    } as unknown as PlatformClient,
    secret: 'the-secret',
    clock,
    wallNow: () => 1_000,
    onTrouble: (message) => troubles.push(message),
  });
  const lines = () => {
    const path = join(folder, 'ratings.jsonl');
    return existsSync(path)
      ? readFileSync(path, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  };
  return { clock, ratings, troubles, asked, lines };
}

/** Lets promises that are settled be heard. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('the rating after a match', () => {
  it('is asked for some time after its end, and kept with the version that played', async () => {
    const { clock, ratings, asked, lines } = keeper();
    ratings.matchEnded(exampleResult());
    clock.advance(1_999);
    await settle();
    expect(asked).toEqual([]);
    clock.advance(1);
    await settle();
    expect(asked).toEqual(['b1']);
    const { botKind: _, llmAuthorModel: __, ...kept } = told;
    expect(lines()).toEqual([
      {
        schema: 1,
        at: 1_000,
        matchId: 'm1',
        botId: 'b1',
        label: 'v1',
        hash: 'aaaaaaaaaaaa',
        git: 'c0ffee1234+',
        env: 'local',
        ...kept,
      },
    ]);
  });

  it('is asked for once where several matches have ended, one question at a time', async () => {
    let answer: (bot: PublicBot) => void = () => undefined;
    const { clock, ratings, asked, lines } = keeper(() => new Promise((resolve) => (answer = resolve)));
    for (const matchId of ['m1', 'm2']) ratings.matchEnded(exampleResult({ matchId }));
    clock.advance(2_000);
    for (const matchId of ['m3', 'm4']) ratings.matchEnded(exampleResult({ matchId }));
    clock.advance(10_000);
    await settle();
    expect(asked).toHaveLength(1);
    answer(told);
    await settle();
    answer(told);
    await settle();
    expect(lines().map(({ matchId }) => matchId)).toEqual(['m2', 'm4']);
  });

  it('is not asked for after matches that do not count', async () => {
    const { clock, ratings, asked } = keeper();
    ratings.matchEnded(exampleResult({ rated: false }));
    ratings.matchEnded(exampleResult({ outcome: 'abandoned' }));
    clock.advance(60_000);
    await ratings.close();
    expect(asked).toEqual([]);
  });

  it('that cannot be had is told once', async () => {
    const { clock, ratings, troubles, lines } = keeper(() =>
      Promise.reject(new Error('There is no such bot.')),
    );
    for (const matchId of ['m1', 'm2']) {
      ratings.matchEnded(exampleResult({ matchId }));
      clock.advance(2_000);
      await settle();
    }
    expect(troubles).toEqual(['The rating after a match is not kept: There is no such bot.']);
    expect(lines()).toEqual([]);
  });

  it('is asked for at once when the session ends, which waits a second at most', async () => {
    const quick = keeper();
    quick.ratings.matchEnded(exampleResult());
    await quick.ratings.close();
    expect(quick.lines()).toHaveLength(1);
    const slow = keeper(() => new Promise(() => undefined));
    slow.ratings.matchEnded(exampleResult());
    const closed = slow.ratings.close();
    slow.clock.advance(1_000);
    await closed;
    expect(slow.troubles).toEqual([
      'The rating after a match is not kept: the session is over, and the platform has not answered.',
    ]);
    slow.ratings.matchEnded(exampleResult({ matchId: 'm9' }));
    expect(slow.asked).toHaveLength(1);
  });
});

it('an agent that records asks its platform, and writes no token', async () => {
  const { sandbox } = await openPlatform({ maxHands: 3 });
  const bot = sandbox.addBot();
  const folder = makeFolder();
  const troubles: string[] = [];
  const { done, events } = startAgent({ decide: () => ({ action: 'fold' }) }, bot, {
    record: { folder, label: 'rated' },
    maxMatches: 1,
    onEvent: (event) => void (event.type === 'config.warning' && troubles.push(event.message)),
  });
  const { matchId } = await sandbox.dispatch(bot.botId, { opponents: ['random'], rated: true });
  await done;
  const text = readFileSync(join(folder, 'ratings.jsonl'), 'utf8');
  expect([troubles, JSON.parse(text)]).toEqual([
    [],
    expect.objectContaining({ matchId, label: 'rated', botId: bot.botId, rating: expect.any(Number) }),
  ]);
  expect(text).not.toContain(bot.token);
  const { rating, ratingDeviation: deviation } = JSON.parse(text);
  expect(await events.next('rating.told')).toMatchObject({ matchId, rating, deviation });
});
