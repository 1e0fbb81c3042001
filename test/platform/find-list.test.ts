/** Lists that are elsewhere than they were: taken where one alone can be meant, refused with the places that were looked at else. */
import { describe, expect, it } from 'vitest';
import { alderId, openEndpoint } from './fake-endpoint.js';

const fixture = { starts_at: '2026-01-06T18:40:00Z', opponent_bot_name: 'birch' };
const path = '/api/external-api/fixtures/upcoming';

describe('a list of fixtures', () => {
  it.each<[string, unknown, string]>([
    ['the whole answer', [fixture], ''],
    ['below another name', { upcoming: [fixture] }, 'upcoming'],
    ['below a common name', { items: [fixture], total: 1 }, 'items'],
    ['below data', { data: [fixture] }, 'data'],
    ['in data', { data: { fixtures: [fixture] }, error: null }, 'data.fixtures'],
    ['in data, below a common name', { data: { items: [fixture], next: null } }, 'data.items'],
    ['in data, beside others', { results: [], data: { fixtures: [fixture] } }, 'data.fixtures'],
  ])('%s is read, and told', async (_where, body, place) => {
    const { client, events } = await openEndpoint({ body });
    expect(await client.fixtures.upcoming()).toMatchObject([{ opponent: 'birch' }]);
    expect(events).toEqual([{ type: 'platform.reshaped', request: `GET ${path}`, place, usual: 'fixtures' }]);
  });

  it('at its usual place is read, whatever is beside it, and nothing is told', async () => {
    const { client, events } = await openEndpoint({
      body: { items: [{}, {}], fixtures: [fixture], data: { fixtures: [] } },
    });
    expect(await client.fixtures.upcoming()).toHaveLength(1);
    expect(events).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      'nowhere',
      { season: { fixtures: [] } },
      'no list was found as "fixtures", "upcoming", "upcoming_fixtures", "items", "results" or "data", at the top or below "data" or "result"',
    ],
    ['one of two', { items: [], results: [] }, 'the lists "items" and "results" could be meant'],
    [
      'one of two steps',
      { upcoming: [], data: { items: [] } },
      'the lists "upcoming" and "data.items" could be meant',
    ],
    ['no answer at all', 'soon', 'it is neither an object nor a list'],
  ])('%s is refused, with where it was looked for', async (_where, body, why) => {
    const { client } = await openEndpoint({ body });
    await expect(client.fixtures.upcoming()).rejects.toMatchObject({
      code: 'platform_answer',
      message: `GET ${path}: the answer is not a list of fixtures: ${why}.`,
    });
  });

  it('of which no entry is an object is refused: it is something else', async () => {
    const { client } = await openEndpoint({ body: ['round 1', 'round 2'] });
    await expect(client.fixtures.upcoming()).rejects.toMatchObject({ code: 'platform_answer' });
  });
});

it('opponents, tokens, matches and hands are found in the same way', async () => {
  const row = { id: 'm', participants: [{ seat: 0, name: 'x', bot_id: alderId, net_chips: 1 }] };
  const hand = { hand_number: 1, board: '', hole_cards: {}, winner_seats: [0], actions: [] };
  const { client, events, pass } = await openEndpoint(({ path: asked }) => {
    if (asked.endsWith('/opponents')) return { body: { data: { opponents: [{ name: 'birch' }] } } };
    if (asked.endsWith('/tokens')) return { body: { items: [{ token_id: 't' }] } };
    if (asked.endsWith('/hands')) return { body: { data: [hand], total: 1 } };
    return { body: { data: { matches: [row], total: 1 } } };
  });
  expect(await pass(client.challenges.opponents())).toHaveLength(1);
  expect(await pass(client.tokens.list())).toHaveLength(1);
  expect(await pass(client.records.matchPage(1))).toMatchObject({ total: 1, entries: 1 });
  expect(await pass(client.records.handRows('m'))).toHaveLength(1);
  expect(events).toMatchObject([
    { place: 'data.opponents', usual: 'opponents' },
    { place: 'items', usual: 'tokens' },
    { place: 'data.matches', usual: 'matches' },
    { place: 'data', usual: 'hands' },
  ]);
});

describe('challenges', () => {
  const one = (id: string, direction?: string) => ({ challenge_id: id, status: 'pending', direction });

  it.each<[string, unknown, string]>([
    ['in data', { data: { inbound: [one('a')], outbound: [one('b')] } }, 'data.inbound'],
    ['of one list', { challenges: [one('a', 'inbound'), one('b', 'outbound')] }, 'challenges'],
    ['of a bare list', [one('b', 'outbound'), one('a', 'inbound')], ''],
  ])('%s are told apart', async (_where, body, place) => {
    const { client, events } = await openEndpoint({ body });
    expect(await client.challenges.list()).toMatchObject({
      inbound: [{ challengeId: 'a' }],
      outbound: [{ challengeId: 'b' }],
    });
    // The usual place of one list is not the usual answer, and is read without a word.
    expect(events.map((event) => 'place' in event && event.place)).toEqual(
      place === 'challenges' ? [] : [place],
    );
  });

  it.each<[string, unknown]>([
    ['that say no direction', [one('a')]],
    ['of one direction', { data: { inbound: [] } }],
  ])('%s are refused', async (_which, body) => {
    const { client } = await openEndpoint({ body });
    await expect(client.challenges.list()).rejects.toMatchObject({
      code: 'platform_answer',
      message: expect.stringContaining('"inbound"'),
    });
  });
});
