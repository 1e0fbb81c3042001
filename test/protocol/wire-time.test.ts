import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWireTime } from '../../src/protocol/wire-time.js';

const usual = fc
  .date({
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());

describe('a time on the wire', () => {
  it('is what Date.parse makes of it, in the form that programs write', () => {
    fc.assert(
      fc.property(usual, (text) => {
        expect(readWireTime(text)).toBe(Date.parse(text));
      }),
    );
  });

  it('is what Date.parse makes of it, after another time of the same minute', () => {
    const text = (prefix: string, second: number, ms: number) =>
      `${prefix}${String(second).padStart(2, '0')}.${String(ms).padStart(3, '0')}Z`;
    fc.assert(
      fc.property(usual, fc.nat({ max: 61 }), fc.nat({ max: 999 }), (first, second, ms) => {
        const next = text(first.slice(0, 17), second, ms);
        expect([readWireTime(first), readWireTime(next)]).toEqual([Date.parse(first), Date.parse(next)]);
      }),
    );
  });

  it('is what Date.parse makes of it, with any character changed', () => {
    const character = fc.constantFrom(...'0123456789-+:.TZ tz/,A\u0660'.split(''));
    fc.assert(
      fc.property(usual, fc.nat({ max: 23 }), character, (text, at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        readWireTime(text);
        expect(readWireTime(changed)).toBe(Date.parse(changed));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '2026-02-26T14:00:00.123Z',
    '2026-02-28T23:59:59.999Z',
    '2024-02-29T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-02-31T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-02-00T00:00:00.000Z',
    '2026-00-10T00:00:00.000Z',
    '2026-13-10T00:00:00.000Z',
    '2026-01-10T24:00:00.000Z',
    '2026-01-10T24:00:00.001Z',
    '2026-01-10T25:00:00.000Z',
    '2026-01-10T10:60:00.000Z',
    '2026-01-10T10:00:60.000Z',
    '0000-01-10T10:00:00.000Z',
    '0099-01-10T10:00:00.000Z',
    '0100-01-10T10:00:00.000Z',
    '2026-02-26T14:00:00Z',
    '2026-02-26T14:00:00.123456Z',
    '2026-02-26T14:00:00.123+01:00',
    '2026-02-26',
    'Thu, 26 Feb 2026 14:00:00 GMT',
    '',
    'soon',
  ])('reads %j as Date.parse does', (text) => {
    expect(readWireTime(text)).toBe(Date.parse(text));
  });
});
