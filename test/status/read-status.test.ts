import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStatus } from '../../src/status/read-status.js';
import { makeFolder } from '../kit/folder.js';
import { exampleStatus } from './example-status.js';

function read(text: string) {
  const path = join(makeFolder(), 'status.json');
  writeFileSync(path, text);
  const { status, ...rest } = readStatus(path);
  return { status, ...rest, message: 'message' in rest ? rest.message.replace(path, 'FILE') : null };
}

it('a status is read as it was written, also with fields of a later version', () => {
  const status = exampleStatus({}, { nextFixture: { startsAt: 5, opponent: 'birch' } });
  expect(read(JSON.stringify(status)).status).toEqual(status);
  expect(read(JSON.stringify({ ...status, later: {} })).status).toEqual({ ...status, later: {} });
});

it('a status of a version that did not tell since when the bot is in its lobby is read', () => {
  const day = { day: '2026-01-06', matches: 0, claims: 0, matchesLimit: 20, lobbyMs: 1, lobbyLimitMs: null };
  const status = { ...exampleStatus(), day: { ...day, reservedMs: 0, dials: 1 } };
  expect(read(JSON.stringify(status)).status).toEqual(status);
});

it.each<readonly [string, string]>([
  ['', 'FILE is empty.'],
  ['\0'.repeat(500), 'FILE is empty.'],
  ['{"schema":1,', 'FILE is no status file of this version.'],
  ['[]', 'FILE is no status file of this version.'],
  [JSON.stringify({ ...exampleStatus(), schema: 2 }), 'FILE is no status file of this version.'],
  [JSON.stringify({ ...exampleStatus(), writtenAt: 'now' }), 'FILE is no status file of this version.'],
  [JSON.stringify({ ...exampleStatus(), live: [{}] }), 'FILE is no status file of this version.'],
  ...[{ fixtures: [{}] }, { queue: {} }, { day: { matches: 'all' } }, { rating: { rating: 'good' } }].map(
    (part) =>
      [JSON.stringify({ ...exampleStatus(), ...part }), 'FILE is no status file of this version.'] as const,
  ),
  [JSON.stringify(exampleStatus({ phase: 'asleep' as 'over' })), 'FILE is no status file of this version.'],
  [' '.repeat(5_000_000), 'FILE is too large for a status file.'],
])('what else stands there is told, and nothing is thrown (%#)', (text, message) => {
  expect(read(text)).toEqual({ status: null, why: 'unreadable', message });
});

it('no file, a folder and a way through a file are told', () => {
  const folder = makeFolder();
  const path = join(folder, 'no.json');
  expect(readStatus(path)).toEqual({ status: null, why: 'absent', message: `There is no file ${path}.` });
  mkdirSync(path);
  expect(readStatus(path)).toEqual({ status: null, why: 'unreadable', message: `${path} is a folder.` });
  writeFileSync(join(folder, 'file'), '');
  const through = join(folder, 'file', 'status.json');
  expect(readStatus(through)).toMatchObject({
    why: 'unreadable',
    message: `${through} cannot be read (ENOTDIR).`,
  });
});
