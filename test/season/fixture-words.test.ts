import { describe, expect, it } from 'vitest';
import {
  countdown,
  fixtureNotes,
  localTime,
  stageWords,
  timeZoneOf,
  utcTime,
} from '../../src/season/fixture-words.js';
import { exampleFixture, mark } from './example-fixtures.js';

describe('the time of a fixture', () => {
  it.each([
    ['Europe/Berlin', 'Tue 2026-01-06 19:40'],
    ['UTC', 'Tue 2026-01-06 18:40'],
    ['Asia/Tokyo', 'Wed 2026-01-07 03:40'],
    ['America/New_York', 'Tue 2026-01-06 13:40'],
  ])('is local in %s', (zone, words) => {
    expect(localTime(mark, zone)).toBe(words);
  });

  it('has hour 00 at midnight, and follows summer time', () => {
    expect(localTime(Date.UTC(2026, 5, 30, 22, 0), 'Europe/Berlin')).toBe('Wed 2026-07-01 00:00');
    expect(utcTime(mark)).toBe('2026-01-06 18:40');
  });

  it('is in the zone of the machine where the variable names none that is known', () => {
    expect(timeZoneOf('Europe/Berlin')).toBe('Europe/Berlin');
    const own = timeZoneOf(undefined);
    expect([timeZoneOf(''), timeZoneOf(':/etc/localtime'), timeZoneOf('Mars/Olympus')]).toEqual([
      own,
      own,
      own,
    ]);
  });
});

it.each([
  [0, 'in 0 s'],
  [59_999, 'in 59 s'],
  [60_000, 'in 1 min'],
  [3_599_999, 'in 59 min'],
  [3_900_000, 'in 1 h 5 min'],
  [86_399_999, 'in 23 h 59 min'],
  [2 * 86_400_000 + 3 * 3_600_000, 'in 2 d 3 h'],
  [40 * 86_400_000, 'in 40 d 0 h'],
  [-190_000, '3 min ago'],
])('%d ms from now is %s', (ms, words) => {
  expect(countdown(ms)).toBe(words);
});

it.each([
  [exampleFixture(), 'round_robin, round 1'],
  [exampleFixture({ round: 'semi' }), 'round_robin, semi'],
  [exampleFixture({ stage: null, round: 'semi' }), 'semi'],
  [exampleFixture({ round: null }), 'round_robin'],
  [exampleFixture({ stage: null, round: null }), ''],
])('the stage of fixture %# in words', (fixture, words) => {
  expect(stageWords(fixture)).toBe(words);
});

describe('notes', () => {
  it('are none on a list with everything in it', () => {
    expect(fixtureNotes([exampleFixture(), exampleFixture({ opponent: null })], 0)).toEqual([]);
  });

  it('tell what is absent, unreadable, renamed and left out', () => {
    const fixtures = [
      exampleFixture({ startsAt: null }),
      exampleFixture({ startsAt: null, startsAtText: 'tonight', opponent: null, decisionClockMs: null }),
      exampleFixture({ otherNames: ['scheduled_at'] }),
      exampleFixture({ otherNames: ['scheduled_at', 'opponent_name'] }),
    ];
    expect(fixtureNotes(fixtures, 2)).toEqual([
      'A fixture against birch has no time.',
      'The time of a fixture cannot be read: tonight',
      'Without a clock: 1 of 4.',
      'Read under names that are not the usual ones: scheduled_at, opponent_name.',
      'Entries of the list that cannot be read, and are left out: 2.',
    ]);
  });
});
