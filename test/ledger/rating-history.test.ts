import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import { ratedVersions, readRatingHistory } from '../../src/ledger/rating-history.js';
import type { RecordedRating } from '../../src/recording/ratings-file.js';
import { fakeIo } from '../cli/surroundings/fake-surroundings.js';
import { makeFolder } from '../kit/folder.js';

const hourMs = 3_600_000;
const first = Date.UTC(2026, 10, 27, 22);

const ratingOf = (hour: number, given: Partial<RecordedRating> = {}): RecordedRating => ({
  schema: 1,
  at: first + hour * hourMs,
  matchId: `m${hour}`,
  botId: 'b1',
  label: 'v1',
  hash: 'aaaaaaaaaa',
  git: null,
  env: 'prod',
  rating: 1_500 + 10 * hour,
  ratingDeviation: 60,
  matchesPlayed: 100 + hour,
  wins: 50,
  losses: 50,
  bbPer100: null,
  bbHandsCounted: null,
  ...given,
});

const history = [
  ratingOf(0),
  ratingOf(1, { rating: null }),
  ratingOf(2),
  ratingOf(3, { botId: 'b2', rating: 900 }),
  ratingOf(4, { label: 'v2', hash: 'bbbbbbbbbb', rating: 1_490, matchesPlayed: 105 }),
  ratingOf(5, { rating: 1_495, matchesPlayed: 106 }),
];

describe('versions', () => {
  it('changed the rating of the same bot since it was asked last', () => {
    expect(
      ratedVersions(history).map(({ version, botId, asked, rating, change, matches }) => [
        version,
        botId,
        asked,
        rating,
        change,
        matches,
      ]),
    ).toEqual([
      ['v1 aaaaaaaa', 'b1', 3, 1_520, 20, 2],
      ['v1 aaaaaaaa', 'b2', 1, 900, 0, 0],
      ['v2 bbbbbbbb', 'b1', 1, 1_490, -30, 3],
      ['v1 aaaaaaaa', 'b1', 1, 1_495, 5, 1],
    ]);
  });

  it('have no change where the platform told no rating', () => {
    expect(
      ratedVersions([ratingOf(0, { rating: null, ratingDeviation: null, matchesPlayed: null })]),
    ).toMatchObject([{ rating: null, ratingDeviation: null, change: null, matches: null }]);
  });
});

function folderWith(...ratings: RecordedRating[]): string {
  const folder = makeFolder();
  for (const rating of ratings) appendFileSync(join(folder, 'ratings.jsonl'), `${JSON.stringify(rating)}\n`);
  return folder;
}

it('what was kept is read once, in the order of time, over torn lines', async () => {
  const [a, b] = [folderWith(ratingOf(2), ratingOf(0)), folderWith(ratingOf(0), ratingOf(1))];
  appendFileSync(join(b, 'ratings.jsonl'), '{"schema":1,"at":12');
  expect((await readRatingHistory([a, b, join(a, 'ratings.jsonl')])).map(({ matchId }) => matchId)).toEqual([
    'm0',
    'm1',
    'm2',
  ]);
  expect(await readRatingHistory([makeFolder()])).toEqual([]);
});

describe('the command', () => {
  const run = async (...args: string[]) => {
    const io = fakeIo();
    const code = await runCli(['rating', ...args], io);
    return { code, out: io.out(), err: io.err().join('') };
  };

  it('shows versions, and with a flag each time that it was asked', async () => {
    const folder = folderWith(...history);
    expect(await run(folder)).toMatchObject({
      code: 0,
      out: [
        'version                   from                 to  matches  rating   ±  change',
        'v1 aaaaaaaa  2026-11-27 22:00Z  2026-11-28 00:00Z        2    1520  60     +20',
        'v1 aaaaaaaa  2026-11-28 01:00Z  2026-11-28 01:00Z        0     900  60       0',
        'v2 bbbbbbbb  2026-11-28 02:00Z  2026-11-28 02:00Z        3    1490  60     -30',
        'v1 aaaaaaaa  2026-11-28 03:00Z  2026-11-28 03:00Z        1    1495  60      +5',
      ],
    });
    const { out } = await run(folder, '--over-time', '--since', '2026-11-28T02:00Z');
    expect(out).toEqual([
      'asked              rating   ±  matches  won  bb/100      version',
      '2026-11-28 02:00Z    1490  60      105   50       -  v2 bbbbbbbb',
      '2026-11-28 03:00Z    1495  60      106   50       -  v1 aaaaaaaa',
    ]);
  });

  it('gives JSON and CSV', async () => {
    const folder = folderWith(...history);
    const { versions, history: told } = JSON.parse((await run(folder, '--json')).out.join(''));
    expect([versions.length, told]).toEqual([4, history]);
    const { out } = await run(folder, '--csv');
    expect(out).toHaveLength(7);
    expect(out[1]).toBe('2026-11-27T22:00:00.000Z,b1,m0,v1,aaaaaaaaaa,,1500,60,100,50,50,,');
  });

  it('ends with 1 where no rating was kept, and with 2 where nothing is', async () => {
    expect(await run(makeFolder())).toMatchObject({
      code: 1,
      out: [expect.stringContaining('No rating was kept')],
    });
    expect(await run(join(makeFolder(), 'none'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
  });
});
