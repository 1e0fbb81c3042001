import { afterEach, describe, expect, it } from 'vitest';
import { parseHttpDate, readRetryAfter } from '../../src/network/retry-after.js';

const now = Date.UTC(2026, 10, 28, 12, 0, 0);
const { TZ } = process.env;

afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

describe('a date of an HTTP header', () => {
  it.each<[string, string, number | null]>([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['the form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['the form of asctime', 'Sun Nov  6 08:49:37 1994', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['asctime with two digits of a day', 'Sat Nov 28 12:00:05 2026', now + 5_000],
    [
      'asctime whose spaces were joined on the way',
      'Sun Nov 6 08:49:37 1994',
      Date.UTC(1994, 10, 6, 8, 49, 37),
    ],
    ['letters of another case, and white space around', ' SAT, 28 nov 2026 12:00:05 gmt ', now + 5_000],
    ['a leap second', 'Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2017, 0, 1)],
    ['the 29th of a leap year', 'Tue, 29 Feb 2028 00:00:00 GMT', Date.UTC(2028, 1, 29)],
    ['a year before 1900', 'Mon, 01 Jan 0001 00:00:00 GMT', new Date('0001-01-01T00:00:00Z').getTime()],
    ['a year of two digits 50 years ahead', 'Saturday, 28-Nov-76 12:00:00 GMT', Date.UTC(2076, 10, 28, 12)],
    [
      'one more than 50 years ahead: the past',
      'Saturday, 28-Nov-76 12:00:01 GMT',
      Date.UTC(1976, 10, 28, 12, 0, 1),
    ],
    ['the last year of a century', 'Friday, 31-Dec-99 23:59:59 GMT', Date.UTC(1999, 11, 31, 23, 59, 59)],
    ['no day of that month', 'Sat, 31 Nov 2026 12:00:00 GMT', null],
    ['the 29th of an ordinary year', 'Mon, 29 Feb 2027 00:00:00 GMT', null],
    ['no time of day', 'Sat, 28 Nov 2026 24:00:00 GMT', null],
    ['another zone', 'Sat, 28 Nov 2026 12:00:00 PST', null],
    ['another standard', '2026-11-28T12:00:00Z', null],
    ['nothing', '', null],
  ])('may be %s', (_form, text, epochMs) => {
    expect(parseHttpDate(text, now)).toBe(epochMs);
  });

  it('with a year of two digits is of the next century when that is nearer', () => {
    expect(parseHttpDate('Saturday, 01-Jan-05 00:00:00 GMT', Date.UTC(2099, 0, 1))).toBe(
      Date.UTC(2105, 0, 1),
    );
  });
});

describe('Retry-After', () => {
  const forms = {
    'IMF-fixdate': 'Sat, 28 Nov 2026 12:00:05 GMT',
    'the form of RFC 850': 'Saturday, 28-Nov-26 12:00:05 GMT',
    'the form of asctime': 'Sat Nov 28 12:00:05 2026',
  };

  it.each(
    Object.entries(forms).flatMap(([form, date]) =>
      ['UTC', 'America/New_York', 'Pacific/Kiritimati'].map((zone) => [form, zone, date] as const),
    ),
  )('as a date in %s is UTC, whatever the zone of this machine: %s', (_form, zone, date) => {
    process.env.TZ = zone;
    expect(readRetryAfter({ 'retry-after': date }, now)).toBe(5_000);
  });

  it.each([0, 3_600_000, -3_600_000, 400 * 86_400_000])(
    "counts from the response's own Date, though this machine's clock is %i ms off",
    (offMs) => {
      for (const [form, date] of Object.entries(forms)) {
        for (const sent of ['Sat, 28 Nov 2026 12:00:00 GMT', 'Sat Nov 28 12:00:00 2026']) {
          expect([form, readRetryAfter({ 'retry-after': date, date: sent }, now + offMs)]).toEqual([
            form,
            5_000,
          ]);
        }
      }
    },
  );

  it.each<[string, Parameters<typeof readRetryAfter>[0], number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['seconds, whatever the Date', { 'retry-after': ' 7 ', date: 'Sat, 28 Nov 2020 12:00:00 GMT' }, 7_000],
    ['nothing when it is no time', { 'retry-after': '0' }, undefined],
    ['ten minutes for more seconds', { 'retry-after': '9'.repeat(400) }, 600_000],
    ['ten minutes for a later date', { 'retry-after': 'Sun, 29 Nov 2026 12:00:00 GMT' }, 600_000],
    ['nothing at a date in the past', { 'retry-after': 'Fri, 27 Nov 2026 12:00:00 GMT' }, undefined],
    ['nothing in a form of its own', { 'retry-after': '1e9' }, undefined],
    [
      'a date on our clock when the Date cannot be read',
      { 'retry-after': forms['IMF-fixdate'], date: 'now' },
      5_000,
    ],
    ['nothing without the header', { date: 'Sat, 28 Nov 2026 12:00:00 GMT' }, undefined],
    ['nothing when it is empty', { 'retry-after': '' }, undefined],
    ['nothing when it is a word', { 'retry-after': 'soon' }, undefined],
    ['nothing when it is negative', { 'retry-after': '-5' }, undefined],
    ['nothing when it is a fraction', { 'retry-after': '1.5' }, undefined],
    ['nothing when it is no date', { 'retry-after': 'Mon, never' }, undefined],
  ])('says %s', (_what, headers, ms) => {
    expect(readRetryAfter(headers, now)).toBe(ms);
  });
});
