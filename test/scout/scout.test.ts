/** Scouting against a platform that refuses, forgets, tells half, and plays on meanwhile. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMatchIndex } from '../../src/scout/match-index.js';
import { type ScoutOptions, scout } from '../../src/scout/scout.js';
import { openScoutCache } from '../../src/scout/scout-cache.js';
import { scoutBackOffMs } from '../../src/scout/stops.js';
import { makeFolder } from '../kit/folder.js';
import { type FakeAnswer, openEndpoint, type SeenRequest } from '../platform/fake-endpoint.js';
import { handsAnswer, matchRow, replayAnswer } from '../platform/records.js';

type Row = Record<string, unknown>;

const birch = 'aaaaaaaa-0000-0000-0000-000000000002';
const [alderSeat, birchSeat] = matchRow.participants;

const row = (id: string, day: number, more: Row = {}): Row => ({
  ...matchRow,
  id,
  started_at: `2026-01-${String(day).padStart(2, '0')}T18:40:00Z`,
  ...more,
});

/** A platform with these matches. `answer` comes first: what it returns is sent instead. */
async function platformOf(
  rows: Row[],
  answer: (seen: SeenRequest) => FakeAnswer | undefined = () => undefined,
  isFiltering = true,
) {
  const endpoint = await openEndpoint(
    (seen) => {
      const special = answer(seen);
      if (special !== undefined) return special;
      const { path, query } = seen;
      const [, , , id, what] = path.split('/');
      if (id === undefined) {
        const wanted = rows.filter(
          ({ participants }) =>
            !isFiltering ||
            query['bot_id'] === undefined ||
            (participants as Row[]).some(({ bot_id: own }) => own === query['bot_id']),
        );
        const [page, size] = [Number(query['page']), Number(query['page_size'])];
        return { body: { total: wanted.length, matches: wanted.slice((page - 1) * size, page * size) } };
      }
      if (what === 'hands') return { body: handsAnswer };
      if (what === 'replay') return { body: replayAnswer };
      return { body: rows.find((each) => each['id'] === id) };
    },
    { recordBackOffMs: scoutBackOffMs },
  );
  const folder = makeFolder();
  const run = (more: Partial<ScoutOptions> = {}) => {
    const cache = openScoutCache({ folder, origin: endpoint.client.apiUrl, wallNow: endpoint.clock.now });
    return endpoint.pass(
      scout({
        records: endpoint.client.records,
        cache,
        index: openMatchIndex(cache.folder),
        names: ['birch'],
        maxMatches: 80,
        since: null,
        isForced: false,
        signal: new AbortController().signal,
        wallNow: endpoint.clock.now,
        ...more,
      }),
    );
  };
  const place = () => join(folder, readdirSync(folder)[0] ?? '', 'matches');
  return { ...endpoint, run, place, kept: () => readdirSync(place()).toSorted() };
}

const paths = (seen: readonly SeenRequest[]) =>
  seen.map(({ path, query }) => `${path}${query['bot_id'] === undefined ? '' : ' of the bot'}`);

const refusal: FakeAnswer = { status: 429, body: { error_code: 'RATE_001', message: 'Slow down.' } };

describe('a scout', () => {
  it('finds the name, lists the matches of its bot, and asks for each once, at its pace', async () => {
    const { run, seen, kept } = await platformOf([row('b', 2), row('a', 1)]);
    expect(await run()).toEqual({
      stopped: null,
      bots: [{ name: 'birch', botIds: [birch], hint: null, matches: ['b', 'a'], fresh: 2, leftOut: {} }],
    });
    expect(paths(seen)).toEqual([
      '/api/matches',
      '/api/matches of the bot',
      '/api/matches/b/hands',
      '/api/matches/a/hands',
    ]);
    expect(seen.map(({ at }) => at)).toEqual([0, 1_500, 3_000, 4_500]);
    expect(kept()).toEqual(['a.json', 'b.json']);
    seen.length = 0;
    expect((await run()).bots[0]).toMatchObject({ matches: ['b', 'a'], fresh: 0 });
    expect(paths(seen)).toEqual(['/api/matches of the bot']);
  });

  it('takes the newest, from a date on, and only poker that was completed', async () => {
    const rows = [
      row('live', 9, { status: 'in_progress' }),
      row('go', 8, { game_type: 'go' }),
      row('c', 7),
      row('b', 6, { status: 'completed' }),
      row('a', 5),
      row('old', 1),
    ];
    const { run } = await platformOf(rows);
    expect((await run({ maxMatches: 2 })).bots[0]).toMatchObject({
      matches: ['c', 'b'],
      leftOut: { not_completed: 1, other_game: 1 },
    });
    expect((await run({ since: Date.UTC(2026, 0, 4) })).bots[0]).toMatchObject({
      matches: ['c', 'b', 'a'],
      fresh: 1,
    });
  });

  it('looks at matches that are over since', async () => {
    const rows = [row('a', 1, { status: 'in_progress' })];
    const { run } = await platformOf(rows);
    expect((await run()).bots[0]?.matches).toEqual([]);
    rows[0] = row('a', 1);
    expect((await run()).bots[0]?.matches).toEqual(['a']);
  });

  it('asks the match itself for seats that the list leaves out, and then the replay', async () => {
    const seatless = [
      { ...alderSeat, seat: undefined },
      { ...birchSeat, seat: undefined },
    ];
    const rows = [row('b', 2, { participants: seatless }), row('a', 1, { participants: seatless })];
    const { run, seen } = await platformOf(rows, ({ path }) =>
      path === '/api/matches/b' ? { body: row('b', 2) } : undefined,
    );
    expect((await run()).bots[0]?.matches).toEqual(['b', 'a']);
    expect(paths(seen).slice(2)).toEqual([
      '/api/matches/b',
      '/api/matches/b/hands',
      '/api/matches/a',
      '/api/matches/a/replay',
    ]);
  });

  it('keeps a match of three, results that are not told, and hands without cards', async () => {
    const third = { seat: 2, name: 'cedar', bot_id: 'c', net_chips: null };
    const rows = [row('a', 1, { participants: [alderSeat, { ...birchSeat, net_chips: null }, third] })];
    const faceDown = { ...handsAnswer.hands[0], hole_cards: undefined };
    const { run, kept } = await platformOf(rows, ({ path }) =>
      path.endsWith('/hands') ? { body: { total: 1, hands: [faceDown] } } : undefined,
    );
    expect((await run()).bots[0]?.fresh).toBe(1);
    expect(kept()).toEqual(['a.json']);
  });

  it('reads the whole list where the platform does not know the filter, or no ids', async () => {
    const foreign = row('x', 3, { participants: [alderSeat] });
    const unfiltered = await platformOf([foreign, row('a', 1)], () => undefined, false);
    expect((await unfiltered.run()).bots[0]).toMatchObject({ matches: ['a'], leftOut: {} });
    const nameless = [alderSeat, { ...birchSeat, bot_id: undefined }];
    const without = await platformOf([foreign, row('a', 1, { participants: nameless })]);
    expect((await without.run()).bots[0]).toMatchObject({ botIds: [null], matches: ['a'] });
  });

  it('leaves out what the platform has no record of, and what cannot be read', async () => {
    const rows = [row('d', 4), row('c', 3), row('b', 2), row('a', 1)];
    const { run, kept } = await platformOf(rows, ({ path }) => {
      if (path.includes('/d/')) return { status: 404, body: { error_code: 'GAME_005', message: 'None.' } };
      // A refused page that looks like an empty one, and an answer without hands.
      if (path.includes('/c/')) return { body: { total: 0, hands: [] } };
      return path.includes('/b/') ? { body: { message: 'nothing' } } : undefined;
    });
    expect((await run()).bots[0]).toMatchObject({
      matches: ['a'],
      leftOut: { no_record: 2, unreadable: 1 },
    });
    expect(kept()).toEqual(['a.json']);
  });

  it('reads the replay where the hands cannot be read', async () => {
    const { run, place } = await platformOf([row('a', 1)], ({ path }) =>
      path.endsWith('/hands') ? { body: {} } : undefined,
    );
    expect((await run()).bots[0]?.matches).toEqual(['a']);
    expect(JSON.parse(readFileSync(join(place(), 'a.json'), 'utf8'))).toMatchObject({ source: 'replay' });
  });

  it('keeps what tells more, unless it is forced', async () => {
    let hands = [handsAnswer.hands[0], { ...handsAnswer.hands[0], hand_number: 5 }];
    const { run, place } = await platformOf([row('a', 1)], ({ path }) =>
      path.endsWith('/hands') ? { body: { hands } } : undefined,
    );
    await run();
    const whole = readFileSync(join(place(), 'a.json'), 'utf8');
    hands = hands.slice(1);
    // Its name says so: whoever forces takes the thinner one.
    expect((await run({ isForced: true })).bots[0]).toMatchObject({ fresh: 1 });
    expect(readFileSync(join(place(), 'a.json'), 'utf8')).not.toBe(whole);
  });

  it('asks again for a file that is damaged', async () => {
    const { run, place } = await platformOf([row('a', 1)]);
    await run();
    writeFileSync(join(place(), 'a.json'), '\0\0\0');
    expect((await run()).bots[0]).toMatchObject({ matches: ['a'], fresh: 1 });
  });

  it('says who may have been meant by a name that nobody has', async () => {
    const { run } = await platformOf([row('a', 1)]);
    expect((await run({ names: ['brich', 'alder'] })).bots).toMatchObject([
      {
        name: 'brich',
        botIds: [],
        hint: 'No match of a bot named brich is in the list. Did you mean birch?',
      },
      { name: 'alder', matches: ['a'] },
    ]);
  });
});

describe('a scout stops', () => {
  it('after five refusals in a row, and goes on from there', async () => {
    let isRefusing = true;
    const { run, seen, kept } = await platformOf([row('b', 2), row('a', 1)], ({ path }) =>
      isRefusing && path.includes('/a/') ? refusal : undefined,
    );
    const { stopped, bots } = await run();
    expect(stopped).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('5 times in a row'),
    });
    expect(bots[0]?.matches).toEqual(['b']);
    const asked = seen.filter(({ path }) => path.includes('/a/')).map(({ at }) => at);
    expect(asked.map((at) => at - (asked[0] ?? 0))).toEqual([0, 30_000, 90_000, 210_000, 330_000]);
    isRefusing = false;
    expect((await run()).bots[0]).toMatchObject({ matches: ['b', 'a'], fresh: 1 });
    expect(kept()).toEqual(['a.json', 'b.json']);
  });

  it.each([401, 403])('where a login is needed: HTTP %i', async (status) => {
    const { run } = await platformOf([], () => ({ status, body: {} }));
    expect(await run()).toMatchObject({
      stopped: { code: 'needs_login', message: expect.stringContaining('need a login') },
    });
  });

  it('when it is told to, with what is there', async () => {
    const stop = new AbortController();
    const { run, kept } = await platformOf([row('c', 3), row('b', 2), row('a', 1)]);
    const { stopped, bots } = await run({
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.type === 'match' && progress.done === 2) stop.abort(new Error('stopped'));
      },
    });
    expect([stopped?.code, bots[0]?.matches, kept()]).toEqual(['aborted', ['c', 'b'], ['b.json', 'c.json']]);
  });
});

it('two scouts at once keep what both have read', async () => {
  const rows = [row('c', 3), row('b', 2), row('a', 1)];
  const { run } = await platformOf(rows);
  const [one, two] = await Promise.all([run(), run({ names: ['alder'] })]);
  expect([one.bots[0]?.matches, two.bots[0]?.matches]).toEqual([
    ['c', 'b', 'a'],
    ['c', 'b', 'a'],
  ]);
  expect((await run()).bots[0]).toMatchObject({ matches: ['c', 'b', 'a'], fresh: 0 });
});
