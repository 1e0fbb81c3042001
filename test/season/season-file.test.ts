import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newRecord } from '../../src/machines/season.context.js';
import type { SeasonMemory } from '../../src/machines/season.js';
import { openSeasonFile, seasonPathOf } from '../../src/season/season-file.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { fixtureAt, seasonMark } from '../kit/season-harness.js';

const memory: SeasonMemory = {
  fixtures: [
    {
      ...newRecord(fixtureAt(0)),
      standing: 'playing',
      nearAt: seasonMark,
      leftAt: seasonMark,
      matchIds: ['m1'],
    },
    { ...newRecord(fixtureAt(10, { opponent: null, stage: null })), alarms: ['late'] },
  ],
  matches: [{ matchId: 'm1', announcedAt: seasonMark, opponents: ['birch'], end: null }],
};

function open(path: string) {
  const troubles: string[] = [];
  const file = openSeasonFile(path, (message) => troubles.push(message));
  afterTest(() => file.close());
  return { file, troubles };
}

const placeIn = (folder: string) => join(folder, '.chipzen', 'season-x.json');

it('gives back what was written, to this user alone', async () => {
  const path = placeIn(makeFolder());
  const first = open(path);
  expect(first.file.memory).toEqual({ fixtures: [], matches: [] });
  await first.file.lock();
  first.file.write(memory);
  await first.file.close();
  expect(open(path).file.memory).toEqual(memory);
  expect(first.troubles).toEqual([]);
  if (process.platform !== 'win32') {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  }
});

it('is one for each lobby, in the folder of the user', () => {
  const env = { HOME: '/home/a', USERPROFILE: '/home/a' };
  const one = seasonPathOf('wss://chipzen.ai/ws/external/bot/1', env);
  expect(one).toMatch(/[/\\]home[/\\]a[/\\]\.chipzen[/\\]season-[0-9a-f]{16}\.json$/);
  expect(seasonPathOf('wss://chipzen.ai/ws/external/bot/2', env)).not.toBe(one);
});

it('has one writer: another process reads it, says so, and writes nothing', async () => {
  const path = placeIn(makeFolder());
  const first = open(path);
  await first.file.lock();
  first.file.write(memory);
  const second = open(path);
  await second.file.lock();
  second.file.write({ fixtures: [], matches: [] });
  expect(second.troubles).toEqual([expect.stringContaining('Another process keeps the fixtures')]);
  expect(second.file.memory).toEqual(memory);
  expect(open(path).file.memory).toEqual(memory);
});

it('writes nothing before it has the file', () => {
  const path = placeIn(makeFolder());
  open(path).file.write(memory);
  expect(open(path).file.memory).toEqual({ fixtures: [], matches: [] });
});

describe('a file that cannot be used is told, and nothing is known:', () => {
  const whole = () => ({ schema: 1, ...memory });
  it.each<[string, string]>([
    ['empty', ''],
    ['zeros, as after a power cut', '\0\0\0\0'],
    ['half a file', JSON.stringify(whole()).slice(0, 100)],
    ['another version', JSON.stringify({ ...whole(), schema: 2 })],
    ['another thing', '[1]'],
    ['a fixture without a time', JSON.stringify(whole()).replace(/"startsAt":\d+/, '"startsAt":null')],
    ['a time that is none', JSON.stringify(whole()).replace(/"startsAt":\d+/, '"startsAt":9e20')],
    ['an invented fixture', JSON.stringify(whole()).replace('"isInvented":false', '"isInvented":true')],
    ['an unknown standing', JSON.stringify(whole()).replace('"playing"', '"lost"')],
    ['a match without a name', JSON.stringify(whole()).replace('"matchId":"m1"', '"matchId":1')],
    ['an unknown end', JSON.stringify(whole()).replace('"end":null', '"end":"won"')],
  ])('%s', (_name, text) => {
    const path = placeIn(makeFolder());
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const { file, troubles } = open(path);
    expect(file.memory).toEqual({ fixtures: [], matches: [] });
    expect(troubles).toEqual([expect.stringContaining('is damaged, or of another version')]);
  });
});

it('a place that cannot be is told once, and harms nothing', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, '.chipzen'), 'a file in the way');
  const { file, troubles } = open(placeIn(folder));
  await file.lock();
  await file.lock();
  file.write(memory);
  expect(troubles.filter((trouble) => trouble.includes('cannot be kept'))).toHaveLength(1);
  expect(readFileSync(join(folder, '.chipzen'), 'utf8')).toBe('a file in the way');
});
