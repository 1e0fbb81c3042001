import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { handRow } from '../../../src/records/record-rows.js';
import type { PageData } from '../../../src/report/page-data.js';
import { makeFolder } from '../../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const answers = [50, 75, 30, 20, 60, 5, 88, 40, 15, 72, 33, 10, 66, 81, 25];

describe('chipzen-agent report', () => {
  let folder: string;
  let matches: string;

  beforeEach(() => {
    folder = makeFolder();
    matches = join(folder, 'matches');
    const played = ['m1', 'm2'].map((matchId) => scriptMatch({ matchId, answers, stacks: [9_000, 9_000] }));
    writeFiles(
      matches,
      Object.fromEntries(played.map(({ matchId, records }) => [`${matchId}.jsonl`, linesOf(records)])),
    );
  });

  async function report(...args: string[]) {
    const io = fakeIo({});
    const code = await runCli(['report', ...args], io);
    return { code, out: io.out(), err: io.err() };
  }

  const dataIn = (path: string): PageData =>
    JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(readFileSync(path, 'utf8'))?.[1] ?? '') as PageData;

  it('writes one file of all matches, and says how large it is', async () => {
    const out = join(folder, 'all.html');
    const told = await report(matches, '--out', out);
    expect(told).toMatchObject({ code: 0, err: [] });
    expect(told.out[0]).toMatch(/all\.html: 2 matches, 24 hands, \d+ kB$/);
    const { statistics, matches: packed } = dataIn(out);
    expect(statistics?.matches).toBe(2);
    expect(statistics?.tables.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['by-version', 'places', 'answered']),
    );
    expect(packed.map(({ hands }) => hands.length)).toEqual([12, 12]);
    expect(Object.keys(packed[0]?.texts ?? {})).toContain('pokerstars');
  });

  it('counts the stacks of /hands on from what every seat began with', async () => {
    const { played } = scriptMatch({ maxHands: 3, answers: [50] });
    const records = join(folder, 'records');
    writeFiles(records, { 'match-1.json': JSON.stringify({ total: 3, hands: played.hands.map(handRow) }) });
    const stacksIn = async (...flags: string[]) => {
      const out = join(folder, 'records.html');
      await report(records, '--out', out, ...flags);
      return dataIn(out).matches[0]?.hands[0]?.s.map(([, , stack]) => stack);
    };
    expect(await stacksIn('--starting-stack', '1000')).toEqual([1_000, 1_000]);
    expect(await stacksIn()).toEqual([null, null]);
  });

  it('writes one hand of one match, without statistics', async () => {
    const out = join(folder, 'one.html');
    const told = await report(
      matches,
      '--match',
      'm2',
      '--hand',
      '3',
      '--hide-cards',
      '--out',
      out,
      '--json',
    );
    expect(told.code).toBe(0);
    expect(JSON.parse(told.out[0] ?? '')).toMatchObject({ file: out, matches: 1, hands: 1, handsShown: 1 });
    const { statistics, matches: packed, hidesCards } = dataIn(out);
    expect(statistics).toBeNull();
    expect(hidesCards).toBe(true);
    expect(packed.map(({ id, hands }) => [id, hands.map(({ n }) => n)])).toEqual([['m2', [3]]]);
  });

  it.each([
    ['--hand without --match', ['--hand', '3'], 'numbers of hands are those of their match'],
    ['--notes with --hide-cards', ['--notes', '--hide-cards'], 'give one of them'],
  ])('refuses %s', async (_, flags, why) => {
    const { code, err } = await report(matches, ...flags);
    expect(code).toBe(2);
    expect(err.join(' ')).toContain(why);
  });

  it('writes nothing of nothing', async () => {
    const { code, err } = await report(matches, '--match', 'nowhere', '--out', join(folder, 'none.html'));
    expect({ code, err }).toEqual({ code: 1, err: ['Nothing is written: there is no such match.'] });
  });
});
