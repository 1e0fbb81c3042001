import { describe, expect, it } from 'vitest';
import { OptionError } from '../../../src/protocol/errors.js';
import { fixturesOf } from '../../../src/sandbox/season/fixture-list.js';

const now = Date.parse('2026-01-06T12:00:00Z');
const fixture = { starts_at: '2026-01-06T18:40:00Z', opponent_bot_name: 'birch' };

function refusal(season: unknown): string {
  try {
    fixturesOf(season, now);
  } catch (error) {
    if (error instanceof OptionError) return `${error.option}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('the fixtures of a season', () => {
  it('are read in the shape of the answer of fixtures/upcoming', () => {
    const season = {
      fixtures: [
        { ...fixture, decision_clock_seconds: 2, stage: 'playoff', round: 'quarter', status: 'scheduled' },
        { opponent_bot_name: 'random', bot_name: 'alder', starts_in_seconds: 1.5 },
        { opponent_bot_name: 'random', scheduled_at: '2026-01-06T20:40:00+02:00' },
        { opponent_bot_name: 'random', start_time: '2026-01-06T18:40:00.5Z' },
      ],
    };
    expect(fixturesOf(season, now)).toEqual([
      {
        bot: null,
        opponent: 'birch',
        startsAt: Date.parse('2026-01-06T18:40:00Z'),
        decisionClockSeconds: 2,
        stage: 'playoff',
        round: 'quarter',
      },
      {
        bot: 'alder',
        opponent: 'random',
        startsAt: now + 1_500,
        decisionClockSeconds: 30,
        stage: 'round_robin',
        round: 1,
      },
      expect.objectContaining({ startsAt: Date.parse('2026-01-06T18:40:00Z') }),
      expect.objectContaining({ startsAt: Date.parse('2026-01-06T18:40:00.500Z') }),
    ]);
  });

  it.each([null, [], 'season', {}, { fixtures: {} }])('refuses %o, which has no list', (season) => {
    expect(refusal(season)).toMatch(/^season: A season is an object with a list of fixtures/);
  });

  it.each([
    ['must be an object', 'fixture'],
    ['must be an object', null],
    ['opponent_bot_name is missing', { starts_at: fixture.starts_at }],
    ['opponent_bot_name must be', { ...fixture, opponent_bot_name: null }],
    ['opponent_bot_name must be', { ...fixture, opponent_bot_name: '' }],
    ['bot_name must be', { ...fixture, bot_name: 7 }],
    ['either starts_at or starts_in_seconds', { opponent_bot_name: 'birch' }],
    ['either starts_at or starts_in_seconds', { ...fixture, starts_in_seconds: 5 }],
    ['starts_at must be a time', { ...fixture, starts_at: '18:40' }],
    ['starts_at must be a time', { ...fixture, starts_at: '2026-01-06T18:40:00' }],
    ['starts_at must be a time', { ...fixture, starts_at: '2026-13-06T18:40:00Z' }],
    ['starts_at must be a time', { ...fixture, starts_at: 1_767_724_800 }],
    ['starts_in_seconds must be', { opponent_bot_name: 'birch', starts_in_seconds: -1 }],
    ['starts_in_seconds must be', { opponent_bot_name: 'birch', starts_in_seconds: 1e9 }],
    ['decision_clock_seconds must be', { ...fixture, decision_clock_seconds: 0 }],
    ['decision_clock_seconds must be', { ...fixture, decision_clock_seconds: Number.NaN }],
    ['round must be', { ...fixture, round: 1.5 }],
    ['starts is no field of a fixture', { ...fixture, starts: 'now' }],
    ['constructor is no field of a fixture', { ...fixture, constructor: 'x' }],
  ])('names fixture and field: %s', (what, bad) => {
    const message = refusal({ fixtures: [fixture, bad] });
    expect(message).toMatch(/^season: fixtures\[1\]/);
    expect(message).toContain(what);
  });

  it('are ten thousand at most', () => {
    expect(refusal({ fixtures: Array.from({ length: 10_001 }, () => fixture) })).toMatch(/at most/);
  });
});
