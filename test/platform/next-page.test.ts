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
    ['a link beside the request', { next: 'upcoming?page=2' }, ({ page }) => page === '2'],
    ['a link in an object', { links: { next: { href: `${path}?page=2` } } }, ({ page }) => page === '2'],
    ['a link for a page', { next_page: `${path}?page=2` }, ({ page }) => page === '2'],
    ['a number as text', { next: '2' }, ({ page }) => page === '2'],
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
    ['counts more in other words', { pagination: { total_count: 3 } }],
    ['counts pages', { meta: { page: 1, total_pages: 2 } }],
    ['leads elsewhere', { next: '/api/other?page=2' }],
    ['goes on with itself', { next_cursor: 'unknown here' }],
  ])('that %s is told to be a part', async (_what, first) => {
    const { client, events } = await openEndpoint(paged(first, () => false));
    expect(await client.fixtures.upcoming()).toHaveLength(2);
    expect(events).toEqual([
      { type: 'platform.partial', request: `GET ${path}`, entries: 2, why: 'unsaid', message: null },
    ]);
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
      [{ type: 'platform.partial', request: `GET ${path}`, entries: 20, why: 'too_long', message: null }],
      20,
    ]);
  });

  it.each<[string, FakeAnswer, string]>([
    ['is refused', { status: 429, headers: { 'retry-after': '60' }, body: {} }, '429'],
    ['is no list', { raw: '<html>' }, 'is not JSON'],
  ])('of which a later one %s has the entries before it, and tells why', async (_what, answer, why) => {
    const { client, events, pass } = await openEndpoint(({ query }) =>
      query['page'] === undefined ? { body: { fixtures: fixtures('alder'), next_page: 2 } } : answer,
    );
    expect(await pass(client.fixtures.upcoming())).toHaveLength(1);
    const message = expect.stringContaining(why);
    expect(events).toEqual([
      { type: 'platform.partial', request: `GET ${path}`, entries: 1, why: 'failed', message },
    ]);
  });

  it('whose caller has gone is no part of a list', async () => {
    const gone = new AbortController();
    const { client, events } = await openEndpoint(({ query }) => {
      if (query['page'] !== undefined) gone.abort(new Error('Nobody waits.'));
      return { body: { fixtures: fixtures('alder'), next_page: 2 } };
    });
    await expect(client.fixtures.upcoming({ signal: gone.signal })).rejects.toThrow('Nobody waits.');
    expect(events).toEqual([]);
  });

  it('in a circle, or with an entry that moved on, has each entry once', async () => {
    const pages = [fixtures('alder', 'birch'), fixtures('birch', 'cedar'), fixtures('alder', 'birch')];
    const { client, events, seen } = await openEndpoint(({ query }) => {
      const page = Number(query['page'] ?? 0);
      return { body: { fixtures: pages[page % 3], next_page: page + 1 } };
    });
    expect((await client.fixtures.upcoming()).map(({ opponent }) => opponent)).toEqual([
      'alder',
      'birch',
      'cedar',
    ]);
    expect(seen).toHaveLength(3);
    expect(events).toMatchObject([{ type: 'platform.partial', entries: 3, why: 'unsaid' }]);
  });
});
