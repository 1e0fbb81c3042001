/** Public records, page for page, at the pace that the platform bears. */
import { describe, expect, it } from 'vitest';
import type { RecordedMatchRow } from '../../src/platform/index.js';
import { alderId, botToken, type FakeAnswer, openEndpoint, type SeenRequest } from './fake-endpoint.js';
import { handsAnswer, matchesAnswer, matchId, matchRow, replayAnswer } from './records.js';

const row = (id: string, changes: Partial<RecordedMatchRow> = {}): RecordedMatchRow => ({
  ...matchRow,
  id,
  ...changes,
});
const idsOf = async (matches: AsyncIterable<{ matchId: string }>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const match of matches) ids.push(match.matchId);
  return ids;
};
/** The entries of one page, as a server cuts them. */
const pageOf = <T>(entries: readonly T[], { query }: SeenRequest, cap = Number.POSITIVE_INFINITY): T[] => {
  const size = Math.min(Number(query['page_size']), cap);
  return entries.slice((Number(query['page']) - 1) * size, Number(query['page']) * size);
};
const names = (count: number, first = 0): string[] =>
  Array.from({ length: count }, (_, index) => `m-${first + index}`);

const alder = { seat: 0, name: 'alder', botId: alderId, netChips: 10_000, handsWon: null };
const match = {
  matchId,
  gameType: 'poker',
  matchType: 'challenge',
  status: 'completed',
  rated: true,
  startedAt: Date.UTC(2026, 0, 6, 18, 40, 21, 400),
  participants: [
    alder,
    {
      seat: 1,
      name: 'birch',
      botId: 'aaaaaaaa-0000-0000-0000-000000000002',
      netChips: -10_000,
      handsWon: null,
    },
  ],
};

describe('one record', () => {
  it('is a page of matches, by bot and game', async () => {
    const { client, seen, pass } = await openEndpoint({ body: matchesAnswer });
    expect(
      await pass(client.records.matchPage(3, { botId: alderId, gameType: 'poker', pageSize: 20 })),
    ).toEqual({
      total: 143,
      matches: [match],
      entries: 1,
    });
    expect(seen[0]).toMatchObject({
      method: 'GET',
      path: '/api/matches',
      query: { page: '3', page_size: '20', bot_id: alderId, game_type: 'poker' },
    });
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${botToken}`);
  });

  it('is a match, with the hands that each side won', async () => {
    const participants = matchRow.participants.map((each) => ({ ...each, hands_won: 7 }));
    const { client, seen, pass } = await openEndpoint({ body: { ...matchRow, participants } });
    expect(await pass(client.records.match(matchId))).toEqual({
      ...match,
      participants: match.participants.map((each) => ({ ...each, handsWon: 7 })),
    });
    expect(seen[0]?.path).toBe(`/api/matches/${matchId}`);
  });

  it('is a match of which little is told', async () => {
    const participants = [{ name: 'alder', net_chips: null }, { display_name: 'birch' }, { seat: 2 }];
    const { client, pass } = await openEndpoint({ body: { id: 'm', participants, started_at: null } });
    const nothing = { seat: null, name: null, botId: null, netChips: null, handsWon: null };
    expect(await pass(client.records.match('m'))).toEqual({
      matchId: 'm',
      gameType: null,
      matchType: null,
      status: null,
      rated: null,
      startedAt: null,
      participants: [
        { ...nothing, name: 'alder' },
        { ...nothing, name: 'birch' },
        { ...nothing, seat: 2 },
      ],
    });
  });

  it('is a replay', async () => {
    const { client, seen, pass } = await openEndpoint({ body: replayAnswer });
    const replay = await pass(client.records.replay(matchId));
    expect(replay).toMatchObject({
      players: [
        { seat: 0, name: 'alder' },
        { seat: 1, name: 'birch' },
      ],
      results: [
        { name: 'alder', netChips: 10_000 },
        { name: 'birch', netChips: -10_000 },
      ],
      hands: [{ handNumber: 4, raises: 'total' }],
      unreadable: [],
    });
    expect(seen[0]?.path).toBe(`/api/matches/${matchId}/replay`);
  });

  it('is a bot, rated or not', async () => {
    const body = {
      rating: 1617.4,
      rating_deviation: 61.2,
      matches_played: 143,
      wins: 89,
      losses: 54,
      bb_per_100: 21.3,
      bb_hands_counted: 6898,
      bot_kind: 'external_api',
      llm_author_model: null,
    };
    const { client, seen, pass } = await openEndpoint(({ path }) => ({
      body: path.endsWith('new') ? { ...body, rating: null, bb_per_100: null } : body,
    }));
    const read = {
      rating: 1617.4,
      ratingDeviation: 61.2,
      matchesPlayed: 143,
      wins: 89,
      losses: 54,
      bbPer100: 21.3,
      bbHandsCounted: 6898,
      botKind: 'external_api',
      llmAuthorModel: null,
    };
    expect(await pass(client.records.bot(alderId))).toEqual(read);
    expect(await pass(client.records.bot('new'))).toEqual({ ...read, rating: null, bbPer100: null });
    expect(seen[0]?.path).toBe(`/api/bots/${alderId}`);
  });

  it.each<[string, (client: Asked) => Promise<unknown>, unknown]>([
    ['matches', ({ records }) => records.matchPage(1), { total: 1 }],
    ['a match', ({ records }) => records.match('m'), { id: 'm' }],
    ['hands', ({ records }) => records.hands('m'), { error: 'slow down' }],
    ['a replay', ({ records }) => records.replay('m'), { metadata: {} }],
    ['a bot', ({ records }) => records.bot('m'), []],
  ])('is not an object without %s in it', async (_title, ask, body) => {
    const { client, failure } = await openEndpoint({ body });
    expect(await failure(ask(client))).toMatchObject({ code: 'platform_answer' });
  });

  it.each<[string, (client: Asked) => Promise<unknown>]>([
    ['page', ({ records }) => records.matchPage(0)],
    ['page', ({ records }) => records.matchPage(1.5)],
    ['pageSize', ({ records }) => records.matchPage(1, { pageSize: 101 })],
    ['matchId', ({ records }) => records.match('..')],
    ['botId', ({ records }) => records.bot('')],
  ])('is not asked for with a wrong %s', async (option, ask) => {
    const { client, seen } = await openEndpoint({ body: {} });
    await expect(ask(client)).rejects.toMatchObject({ code: 'bad_option', option });
    expect(seen).toEqual([]);
  });
});

type Asked = Awaited<ReturnType<typeof openEndpoint>>['client'];

describe('all matches', () => {
  const serve = (ids: () => string[], cap?: number, total = true) =>
    openEndpoint((seen): FakeAnswer => {
      const matches = pageOf(ids(), seen, cap).map((id) => row(id));
      return { body: { ...(total && { total: ids().length }), matches } };
    });

  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i of them are %i pages, and each comes once', async (count, pages) => {
    const { client, seen, pass } = await serve(() => names(count));
    expect(await pass(idsOf(client.records.matches()))).toEqual(names(count));
    expect(seen).toHaveLength(pages);
  });

  it('are told apart from those that were pushed to the next page meanwhile', async () => {
    let asked = 0;
    const { client, pass } = await serve(() => {
      asked += 1;
      // Five new matches before the second page is asked for; both calls of a page see the same.
      return asked <= 2 ? names(150) : [...names(5, 1_000), ...names(150)];
    });
    expect(await pass(idsOf(client.records.matches()))).toEqual(names(150));
  });

  it('come from a server that sends fewer a page than were asked for', async () => {
    const { client, seen, pass } = await serve(() => names(120), 50);
    expect(await pass(idsOf(client.records.matches()))).toEqual(names(120));
    expect(seen).toHaveLength(3);
  });

  it.each([undefined, 50])('come from a server that tells no total (at most %s a page)', async (cap) => {
    const { client, pass } = await serve(() => names(120), cap, false);
    expect(await pass(idsOf(client.records.matches()))).toEqual(names(120));
  });

  it('end where a server sends the same page for every number', async () => {
    const { client, seen, pass } = await openEndpoint({ body: { matches: names(100).map((id) => row(id)) } });
    expect(await pass(idsOf(client.records.matches()))).toEqual(names(100));
    expect(seen).toHaveLength(2);
  });

  it('are not asked for once the rest is known', async () => {
    const { client, seen, pass } = await serve(() => names(1_000));
    const known = new Set(names(1_000, 30));
    expect(await pass(idsOf(client.records.matches({ known })))).toEqual(names(30));
    expect(seen).toHaveLength(2);
  });

  it('are not asked for once nobody wants more', async () => {
    const { client, seen, pass } = await serve(() => names(1_000));
    const first = async (): Promise<string> => {
      for await (const one of client.records.matches()) return one.matchId;
      return '';
    };
    expect(await pass(first())).toBe('m-0');
    expect(seen).toHaveLength(1);
  });

  it('are those of the bot and the game, where a server does not know the filters', async () => {
    const matches = [
      row('a'),
      row('of others', { participants: matchRow.participants.slice(1) }),
      row('of nobody known', { participants: [{ name: 'x', net_chips: null }] }),
      row('other game', { game_type: 'draw27' }),
    ];
    const { client, pass } = await openEndpoint({ body: { total: 4, matches } });
    expect(await pass(idsOf(client.records.matches({ botId: alderId, gameType: 'poker' })))).toEqual([
      'a',
      'of nobody known',
    ]);
  });

  it('have more than two participants at a sit-and-go', async () => {
    const participants = Array.from({ length: 6 }, (_, seat) => ({ seat, name: `b-${seat}`, net_chips: 0 }));
    const { client, pass } = await openEndpoint({
      body: { total: 1, matches: [row('s', { participants })] },
    });
    const { matches } = await pass(client.records.matchPage(1));
    expect(matches[0]?.participants).toHaveLength(6);
  });

  it('leave out what is no match, and say how many', async () => {
    const { client, events, pass } = await openEndpoint({
      body: { total: 3, matches: [7, { id: 'x' }, row('a')] },
    });
    expect(await pass(idsOf(client.records.matches()))).toEqual(['a']);
    expect(events).toEqual([{ type: 'platform.skipped', request: 'GET /api/matches', count: 2 }]);
  });
});

describe('all hands', () => {
  const handRow = handsAnswer.hands[0];
  const rows = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ ...handRow, hand_number: index + 1 }));
  const serve = (hands: object[], total: number | undefined = hands.length) =>
    openEndpoint((seen): FakeAnswer => ({ body: { total, hands: pageOf(hands, seen, 200) } }));

  it.each([
    [1, 1],
    [200, 1],
    [201, 2],
    [1_000, 5],
  ])('%i of them are %i pages of 200', async (count, pages) => {
    const { client, seen, pass } = await serve(rows(count));
    const { hands, unreadable } = await pass(client.records.hands(matchId));
    expect(hands.map(({ handNumber }) => handNumber)).toEqual(rows(count).map((_, index) => index + 1));
    expect(unreadable).toEqual([]);
    expect(seen.map(({ query }) => query['page_size'])).toEqual(Array.from({ length: pages }, () => '200'));
    expect(seen[0]?.path).toBe(`/api/matches/${matchId}/hands`);
  });

  it('come to an end where a server sends some for every page', async () => {
    const { client, seen, failure } = await openEndpoint(
      { body: { hands: Array.from({ length: 60_000 }, () => ({})), total: 1e15 } },
      { recordPaceMs: 0 },
    );
    expect(await failure(client.records.hands(matchId))).toMatchObject({ code: 'platform_answer' });
    expect(seen).toHaveLength(2);
  });

  it('may have no numbers', async () => {
    const { client, pass } = await serve(rows(250).map((each) => ({ ...each, hand_number: undefined })));
    expect((await pass(client.records.hands(matchId))).hands).toHaveLength(250);
  });

  it('come once where pages overlap', async () => {
    const all = rows(250);
    const { client, pass } = await openEndpoint(
      ({ query }): FakeAnswer => ({
        body: { total: 250, hands: query['page'] === '1' ? all.slice(0, 200) : all.slice(190) },
      }),
    );
    expect((await pass(client.records.hands(matchId))).hands).toHaveLength(250);
  });

  it('are an error when fewer come than there are', async () => {
    const { client, failure } = await serve(rows(250), 300);
    const error = await failure(client.records.hands(matchId));
    expect(error).toMatchObject({ code: 'platform_answer' });
    expect(error.message).toContain('not all of the 300 hands');
  });

  it('may be none', async () => {
    const { client, pass } = await serve([]);
    expect(await pass(client.records.hands(matchId))).toEqual({ hands: [], unreadable: [] });
  });
});
