/** Lists that come in pages, of which no document tells: followed where it is said how, and told where it is not. */
import { describe, expect, it } from 'vitest';
import { type FakeAnswer, openEndpoint, type SeenRequest } from './fake-endpoint.js';

const path = '/api/external-api/fixtures/upcoming';
const fixtures = (...names: string[]) => names.map((name) => ({ opponent_bot_name: name }));

/** Two pages, of which the first says so in a way of its own. */
const paged =
  (first: object, isSecond: (query: SeenRequest['query']) => boolean) =>
  ({ query }: SeenRequest): FakeAnswer =>
    isSecond(query)
      ? { body: { fixtures: fixtures('cedar') } }
      : { body: { fixtures: fixtures('alder', 'birch'), ...first } };

describe('a list in pages', () => {
  it.each<[string, object, (query: SeenRequest['query']) => boolean]>([
    [
      'a link',
      { next: `https://other.host${path}?page=2&size=2` },
      ({ page, size }) => page === '2' && size === '2',
    ],
    ['a link without a host', { links: { next: `${path}?page=2` } }, ({ page }) => page === '2'],
    ['a query alone', { next_url: '?after=b' }, ({ after }) => after === 'b'],
    ['a cursor', { next_cursor: 'b==' }, ({ cursor }) => cursor === 'b=='],
    ['a cursor beside it', { pagination: { next_cursor: 'b', total: 3 } }, ({ cursor }) => cursor === 'b'],
    ['a token', { next_page_token: 'b' }, ({ page_token: token }) => token === 'b'],
    ['a number', { meta: { next_page: 2 } }, ({ page }) => page === '2'],
  ])('is read to its end by %s', async (_way, first, isSecond) => {
    const { client, events, seen } = await openEndpoint(paged(first, isSecond));
    expect((await client.fixtures.upcoming()).map(({ opponent }) => opponent)).toEqual([
      'alder',
      'birch',
      'cedar',
    ]);
    expect([events, seen.length]).toEqual([[], 2]);
  });

  it.each<[string, object]>([
    ['says that there is more', { has_more: true }],
    ['counts more', { total: 3 }],
    ['leads elsewhere', { next: '/api/other?page=2' }],
    ['goes on with itself', { next_cursor: 'unknown here' }],
  ])('that %s is told to be a part', async (_what, first) => {
    const { client, events } = await openEndpoint(paged(first, () => false));
    expect(await client.fixtures.upcoming()).toHaveLength(2);
    expect(events).toEqual([{ type: 'platform.partial', request: `GET ${path}`, entries: 2 }]);
  });

  it.each<[string, object]>([
    ['no next page', { next: null, next_cursor: '', has_more: false }],
    ['as many as it counts', { total: 2, count: 2 }],
  ])('with %s is the whole list', async (_what, first) => {
    const { client, events, seen } = await openEndpoint(paged(first, () => false));
    expect(await client.fixtures.upcoming()).toHaveLength(2);
    expect([events, seen.length]).toEqual([[], 1]);
  });

  it('without an end is left after twenty pages', async () => {
    const { client, events, seen } = await openEndpoint(({ query }) => {
      const page = Number(query['page'] ?? 1);
      return { body: { fixtures: fixtures(`bot ${page}`), next_page: page + 1 } };
    });
    expect(await client.fixtures.upcoming()).toHaveLength(20);
    expect([events, seen.length]).toEqual([
      [{ type: 'platform.partial', request: `GET ${path}`, entries: 20 }],
      20,
    ]);
  });
});
