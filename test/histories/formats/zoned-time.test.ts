import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTimeOf, epochOf } from '../../../src/histories/formats/zoned-time.js';

const zones = ['UTC', 'America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Pacific/Auckland'];

describe('the time of a zone', () => {
  it('is read as it was shown, but for the hour that a clock shows twice', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        const shown = clockTimeOf(second * 1_000, zone);
        const back = shown === null ? null : epochOf(shown, zone);
        expect([0, 3_600_000]).toContain(second * 1_000 - (back ?? 0));
      }),
    );
  });

  it('is the earlier one in the hour that comes twice', () => {
    const shown = { year: 2026, month: 11, day: 1, hour: 1, minute: 30, second: 0 };
    expect(epochOf(shown, 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30));
  });

  it('exists for an hour that a clock leaves out', () => {
    const shown = { year: 2026, month: 3, day: 8, hour: 2, minute: 30, second: 0 };
    expect(epochOf(shown, 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7, 30));
  });

  it.each([
    [{ year: 2026, month: 2, day: 30, hour: 1, minute: 0, second: 0 }, 'UTC'],
    [{ year: 2026, month: 2, day: 3, hour: 1, minute: 0, second: 0 }, 'Nowhere/City'],
  ])('is none for %o in %s', (shown, zone) => {
    expect(epochOf(shown, zone)).toBeNull();
  });
});
