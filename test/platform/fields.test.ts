import { describe, expect, it } from 'vitest';
import { instantOf, msOf, numberOf, rowsOf, textOf, textsOf, wholeOf } from '../../src/platform/fields.js';

describe('a moment', () => {
  const noon = Date.UTC(2026, 0, 6, 12);

  it.each([
    ['2026-01-06T12:00:00Z', noon],
    ['2026-01-06T12:00:00.000000Z', noon],
    ['2026-01-06T13:00:00+01:00', noon],
    // Without a zone it is UTC, wherever this machine stands.
    ['2026-01-06T12:00:00', noon],
    ['2026-01-06T12:00:00.123456', noon + 123],
    ['2026-01-06 12:00', noon],
    ['2026-01-06', noon - 12 * 3_600_000],
    [noon, noon],
    [noon / 1_000, noon],
  ])('is read from %j', (value, epoch) => {
    expect(instantOf(value)).toBe(epoch);
  });

  it.each([
    '',
    'tonight',
    'Tue 18:40',
    '2026-13-40T12:00:00Z',
    0,
    -5,
    1e300,
    8.64e15 + 1,
    Number.NaN,
    null,
    undefined,
    {},
  ])('is not %j', (value) => {
    expect(instantOf(value)).toBeNull();
  });
});

it('a number may be text that is one', () => {
  expect([5, '5', '-1617.40', 'x', '', '1e5', Number.NaN, true, null].map(numberOf)).toEqual([
    5,
    5,
    -1617.4,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect([5, '0', -1, 1.5, '1.5', {}].map(wholeOf)).toEqual([5, 0, null, null, null, null]);
  expect([30, 0.5, '60', null].map(msOf)).toEqual([30_000, 500, 60_000, null]);
  expect([1e308, 1e14].map(msOf)).toEqual([null, null]);
});

it('text that is empty counts as not there', () => {
  expect(['a', '', 5, null].map(textOf)).toEqual(['a', null, null, null]);
  expect(textsOf(['a', 1, '', null])).toEqual(['a', '']);
  expect(textsOf('a')).toEqual([]);
});

it('a list says how many of its entries are no objects', () => {
  expect(rowsOf([{ a: 1 }, 5, null, []])).toEqual({ rows: [{ a: 1 }], skipped: 3 });
  expect(rowsOf({ 0: {} })).toBeNull();
});
