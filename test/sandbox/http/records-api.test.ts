import { beforeEach, describe, expect, it } from 'vitest';
import { createTable } from '../../../src/holdem/table.js';
import type { MatchEnd } from '../../../src/protocol/frames.js';
import { houseBotId } from '../../../src/sandbox/terms/house-bot-id.js';
import { type OpenHttp, openHttp, outcome } from './http-harness.js';

type Json = Record<string, unknown>;

const end: MatchEnd = {
  type: 'match_end',
  reason: 'complete',
  terminal_status: 'completed',
  results: [
    { seat: 0, net_chips: 1_000, hands_won: 2 },
    { seat: 1, net_chips: -1_000, hands_won: 1 },
  ],
  finishing_order: [
    { place: 1, seat: 0 },
    { place: 2, seat: 1 },
  ],
};

describe('the public records', () => {
  let http: OpenHttp;

  beforeEach(async () => {
    http = await openHttp();
    http.platform.add('a', { name: 'alder' });
    http.platform.add('b', { name: 'birch' });
  });

  const get = async (path: string) => (await http.get(path)).body;

  /** Records a match in which everybody calls for so many hands. */
  function play(
    matchId: string,
    {
      hands = 1,
      botIds = ['a', 'b'],
      how = end,
      rated = true,
    }: { hands?: number; botIds?: string[]; how?: MatchEnd | null; rated?: boolean } = {},
  ): void {
    const table = createTable({
      seats: 2,
      startingStack: 10_000,
      smallBlind: 50,
      bigBlind: 100,
      seed: matchId,
    });
    const recorder = http.platform.records.open({
      matchId,
      origin: 'queue',
      rated,
      seats: botIds.map((botId) => ({ name: `name-of-${botId}`, botId: botId === '' ? null : botId })),
      isEarlier: false,
    });
    for (let hand = 1; hand <= hands; hand += 1) {
      for (const fact of table.startHand()) recorder.note(fact);
      while (table.turn !== null) {
        const action = table.turn.validActions.includes('check') ? 'check' : 'call';
        for (const fact of table.act({ action })) recorder.note(fact);
      }
    }
    if (how !== null) recorder.end(how);
  }

  it('lists what was played, the newest first, with its participants', async () => {
    play('one');
    http.clock.advance(60_000);
    play('two', { rated: false });
    expect(await get('/api/matches')).toEqual({
      total: 2,
      matches: [
        {
          id: 'two',
          game_type: 'poker',
          match_type: 'matchmaking',
          status: 'completed',
          rated: false,
          started_at: new Date(http.clock.now()).toISOString().replace('Z', '000Z'),
          participants: [
            { seat: 0, name: 'name-of-a', bot_id: 'a', net_chips: 1_000 },
            { seat: 1, name: 'name-of-b', bot_id: 'b', net_chips: -1_000 },
          ],
        },
        expect.objectContaining({ id: 'one' }),
      ],
    });
  });

  it('cuts pages, of 20 if nobody says how many and of 100 at most', async () => {
    for (let match = 1; match <= 130; match += 1) play(`m${match}`);
    const idsOf = async (query: string): Promise<unknown[]> =>
      ((await get(`/api/matches${query}`))['matches'] as Json[]).map(({ id }) => id);
    expect((await get('/api/matches'))['total']).toBe(130);
    expect(await idsOf('')).toHaveLength(20);
    expect(await idsOf('?page_size=1000')).toHaveLength(100);
    expect(await idsOf('?page=2&page_size=100')).toEqual(
      Array.from({ length: 30 }, (_, index) => `m${30 - index}`),
    );
    expect(await idsOf('?limit=2&game_type=poker')).toEqual(['m130', 'm129']);
    expect(await idsOf('?page=99')).toEqual([]);
  });

  it('finds the matches of a bot, and of a game', async () => {
    play('one', { botIds: ['a', 'c'] });
    play('two', { botIds: ['b', 'c'] });
    expect(await get('/api/matches?bot_id=a')).toMatchObject({ total: 1, matches: [{ id: 'one' }] });
    expect(await get('/api/matches?bot_id=nobody')).toEqual({ total: 0, matches: [] });
    expect(await get('/api/matches?game_type=draw27')).toEqual({ total: 0, matches: [] });
  });

  it.each(['page=0', 'page=-1', 'page=1.5', 'page_size=many', 'limit=', 'page=9999999999'])(
    '422 REQUEST_BAD_FIELD for %s',
    async (query) => {
      expect(outcome(await http.get(`/api/matches?${query}`))).toEqual({
        status: 422,
        code: 'REQUEST_BAD_FIELD',
      });
    },
  );

  it('shows one match with the hands that each has won', async () => {
    play('one');
    expect(await get('/api/matches/one')).toMatchObject({
      id: 'one',
      participants: [{ hands_won: 2 }, { hands_won: 1 }],
    });
  });

  it('leaves out the id of a bot that nobody can ask for', async () => {
    play('one', { botIds: ['a', ''] });
    expect(((await get('/api/matches/one'))['participants'] as Json[])[1]).toEqual({
      seat: 1,
      name: 'name-of-',
      net_chips: -1_000,
      hands_won: 1,
    });
  });

  it('shows a match that is played, but not its cards', async () => {
    play('one', { how: null });
    expect(await get('/api/matches/one')).toMatchObject({
      status: 'in_progress',
      participants: [{ net_chips: null }, { net_chips: null }],
    });
    for (const part of ['hands', 'replay']) {
      const answer = await http.get(`/api/matches/one/${part}`);
      expect(outcome(answer)).toEqual({ status: 404, code: 'RECORD_NOT_FOUND' });
      expect(answer.body['message']).toMatch(/is over/);
    }
  });

  it('cuts hands into pages of 200 at most', async () => {
    play('one', { hands: 250 });
    expect(await get('/api/matches/one/hands?page=2&page_size=500')).toMatchObject({
      total: 250,
      hands: Array.from({ length: 50 }, (_, index) => ({ hand_number: 201 + index })),
    });
    expect((await get('/api/matches/one/hands'))['hands']).toHaveLength(200);
  });

  it('404 for a match that nobody played', async () => {
    for (const path of [
      '/api/matches/none',
      '/api/matches/none/hands',
      '/api/matches/none/replay',
      '/api/bots/x',
    ]) {
      expect(outcome(await http.get(path))).toEqual({ status: 404, code: 'RECORD_NOT_FOUND' });
    }
  });

  it('has no record of a match whose players did not come, but one of a match that broke', async () => {
    play('cancelled', {
      hands: 0,
      how: { type: 'match_end', reason: 'cancelled', terminal_status: 'abandoned' },
    });
    play('broken', { hands: 0, how: { type: 'match_end', reason: 'error', terminal_status: 'error' } });
    expect(await get('/api/matches')).toMatchObject({
      total: 1,
      matches: [
        {
          id: 'broken',
          status: 'error',
          started_at: null,
          participants: [{ net_chips: null }, { net_chips: null }],
        },
      ],
    });
  });

  it('shows how a bot stands: unrated at first, then moved by its rated matches', async () => {
    expect(await get('/api/bots/a')).toEqual({
      rating: null,
      rating_deviation: null,
      matches_played: 0,
      wins: 0,
      losses: 0,
      bb_per_100: null,
      bb_hands_counted: 0,
      bot_kind: 'external_api',
      llm_author_model: null,
    });
    play('one', { rated: false });
    expect(await get('/api/bots/a')).toMatchObject({ rating: null, matches_played: 1, wins: 1 });
    play('two', { hands: 3 });
    const [winner, loser] = [await get('/api/bots/a'), await get('/api/bots/b')];
    // From 1500 and a deviation of 350, by the paper's formulas.
    expect(winner).toMatchObject({ rating: 1662.3, rating_deviation: 290.3, wins: 2, bb_hands_counted: 4 });
    expect(loser).toMatchObject({ rating: 1337.7, rating_deviation: 290.3, losses: 2, bb_hands_counted: 4 });
    expect(Number(winner['bb_per_100'])).toBeCloseTo(-Number(loser['bb_per_100']), 6);
  });

  it('shows a house bot by its id', async () => {
    expect(await get(`/api/bots/${houseBotId('random')}`)).toMatchObject({ bot_kind: 'house' });
  });
});
