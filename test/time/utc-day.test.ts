import { describe, expect, it } from 'vitest';
import { createDayCounts, dayStart, isNewDay, untilMidnightMs, utcDayOf } from '../../src/time/utc-day.js';

const at = (text: string): number => Date.parse(text);

describe('the day in UTC', () => {
  it('is a date, whatever the zone of the machine', () => {
    expect(utcDayOf(at('2026-10-25T00:30:00+02:00'))).toBe('2026-10-24');
    expect(dayStart(at('2026-10-25T10:30:00Z'))).toBe(at('2026-10-25T00:00:00Z'));
    expect(untilMidnightMs(at('2026-10-25T23:59:59Z'))).toBe(1_000);
    expect(untilMidnightMs(at('2026-10-25T00:00:00Z'))).toBe(86_400_000);
  });

  it('begins once, also when the clock is set back over midnight', () => {
    const day = utcDayOf(at('2026-01-06T23:59:59Z'));
    expect(isNewDay(day, at('2026-01-06T23:59:59Z'))).toBe(false);
    expect(isNewDay(day, at('2026-01-07T00:00:00Z'))).toBe(true);
    expect(isNewDay('2026-01-07', at('2026-01-06T23:59:58Z'))).toBe(false);
  });
});

describe('counts of a day', () => {
  it('begin anew at midnight, and only once', () => {
    let now = at('2026-01-06T23:59:59Z');
    const counts = createDayCounts(() => now);
    counts.add('a', 3);
    expect(counts.of('a')).toBe(3);
    now = at('2026-01-07T00:00:00Z');
    expect(counts.of('a')).toBe(0);
    counts.add('a', 1);
    now = at('2026-01-06T23:59:58Z');
    expect(counts.of('a')).toBe(1);
    now = at('2026-01-07T00:00:01Z');
    expect(counts.of('a')).toBe(1);
  });
});
