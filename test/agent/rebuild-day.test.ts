/** What recordings tell of a day whose book was damaged. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rebuiltDay } from '../../src/agent/rebuild-day.js';
import { makeFolder } from '../kit/folder.js';

const midnight = Date.parse('2026-01-06T00:00:00Z');
const minuteMs = 60_000;
const now = midnight + 100 * minuteMs;

/** A line of the results: a match from and to so many minutes after midnight. */
const match = (matchId: string, from: number, to: number): string =>
  JSON.stringify({ matchId, startedAt: midnight + from * minuteMs, endedAt: midnight + to * minuteMs });

function rebuilt(...lines: string[]) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'results.jsonl'), lines.map((line) => `${line}\n`).join(''));
  const book = rebuiltDay(folder, now);
  return {
    day: book?.day,
    matches: book?.matches.map(({ matchId }) => matchId),
    lobbyMinutes: (book?.lobbyMs ?? 0) / minuteMs,
    book,
  };
}

it('is nothing where there are no results', () => {
  expect(rebuiltDay(makeFolder(), now)).toBeNull();
  expect(rebuilt().book).toMatchObject({ day: '2026-01-06', matches: [], claims: [], lobbyMs: 0 });
});

it('has the matches that began today, and the time in which at least one was played', () => {
  const { book, ...told } = rebuilt(match('a', 10, 15), match('b', 12, 20), match('c', 40, 41));
  expect(told).toEqual({ day: '2026-01-06', matches: ['a', 'b', 'c'], lobbyMinutes: 11 });
  expect(book?.matches[0]).toEqual({
    matchId: 'a',
    kind: 'unasked',
    claim: null,
    at: midnight + 10 * minuteMs,
  });
});

it('counts a match once that has two lines, or was played in two sessions', () => {
  expect(rebuilt(match('a', 10, 15), match('a', 12, 20))).toMatchObject({ matches: ['a'], lobbyMinutes: 10 });
});

it('has of a match over midnight the time of today, and of the day before nothing', () => {
  expect(rebuilt(match('old', -100, -90), match('over', -5, 7), match('a', 5, 10))).toMatchObject({
    matches: ['a'],
    lobbyMinutes: 10,
  });
});

it('believes no time that is still to come', () => {
  expect(rebuilt(match('a', 90, 1e9))).toMatchObject({ matches: ['a'], lobbyMinutes: 10 });
  expect(rebuilt(match('later', 200, 300))).toMatchObject({ matches: [], lobbyMinutes: 0 });
});

it('is not held up by lines that cannot be read', () => {
  const lines = ['', '{"matchId":"x"', '[]', 'null', '{"matchId":1,"startedAt":2,"endedAt":3}'];
  const noTimes = JSON.stringify({ matchId: 'x', startedAt: null, endedAt: 'soon' });
  expect(rebuilt(...lines, noTimes, match('a', 1, 2))).toMatchObject({ matches: ['a'], lobbyMinutes: 1 });
});
