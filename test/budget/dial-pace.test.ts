import { describe, expect, it } from 'vitest';
import { type DayBook, dayBookAt, newDayBook } from '../../src/budget/day-book.js';
import { redialFloorMs, startWaitMs, withDial, withProvenDial } from '../../src/budget/dial-pace.js';

const noon = Date.parse('2026-01-06T12:00:00Z');

/** Dials as soon as it may, `everyMs` apart at least. */
function dialed(times: number, { everyMs = 0, book = newDayBook(noon), proven = false } = {}) {
  let now = noon;
  let after: DayBook = book;
  const waits: number[] = [];
  for (let n = 0; n < times; n += 1) {
    after = dayBookAt(after, now);
    const waitMs = startWaitMs(after, now);
    waits.push(waitMs);
    now += waitMs;
    after = withDial(dayBookAt(after, now), now);
    if (proven) after = withProvenDial(after);
    now += everyMs;
  }
  return { book: after, now, waits };
}

describe('the pace of dials', () => {
  it('lets a session that is killed at once 20 times wait, the longer the more often', () => {
    const { waits } = dialed(20);
    expect(waits).toEqual([
      0, 0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
      300_000, 300_000, 300_000, 300_000,
    ]);
  });

  it('counts the time that has passed since the last one', () => {
    expect(dialed(9, { everyMs: 10_000 }).waits.at(-1)).toBe(0);
    expect(dialed(12, { everyMs: 10_000 }).waits.at(-1)).toBe(54_000);
  });

  it('costs nothing again when a connection has lasted', () => {
    const { book, now } = dialed(12);
    expect(startWaitMs(book, now)).toBeGreaterThan(0);
    expect(startWaitMs(withProvenDial(book), now)).toBe(0);
    expect(withProvenDial(withProvenDial(book)).dials.unproven).toBe(0);
  });

  it('makes no more than a thousand dials of a day, however well they go', () => {
    let { book, now } = dialed(200, { everyMs: 1_000, proven: true });
    while (now < noon + 12 * 3_600_000) {
      const waitMs = startWaitMs(book, now);
      now += Math.max(1_000, waitMs);
      if (now < noon + 12 * 3_600_000) book = withProvenDial(withDial(book, now));
    }
    expect(book.dials.count).toBeGreaterThan(900);
    expect(book.dials.count).toBeLessThanOrEqual(1_000);
  });

  it('goes on over midnight where a lobby cannot be kept, and begins anew where it can', () => {
    const { book, now } = dialed(12);
    const tomorrow = dayBookAt(book, now + 86_400_000);
    expect(tomorrow.dials).toMatchObject({ count: 0, unproven: 12 });
    expect(startWaitMs(withDial(tomorrow, now + 86_400_000), now + 86_400_000)).toBe(256_000);
  });

  it('counts one session once, however often it dials again', () => {
    let book = newDayBook(noon);
    for (let n = 0; n < 150; n += 1) book = withDial(book, noon, n === 0);
    expect(book.dials).toEqual({ count: 150, unproven: 1, lastAt: noon });
    expect([startWaitMs(book, noon), redialFloorMs(book, noon)]).toEqual([0, 0]);
    for (let n = 0; n < 50; n += 1) book = withDial(book, noon, false);
    expect(redialFloorMs(book, noon)).toBe((12 * 3_600_000) / 800);
    expect(redialFloorMs(book, noon, true)).toBe(10_000);
  });

  it('waits ten seconds at most when a fixture is near', () => {
    const { book, now } = dialed(20);
    expect(startWaitMs(book, now, true)).toBe(10_000);
    expect(startWaitMs(book, now + 10_000, true)).toBe(0);
  });

  it('does not wait longer when the clock is set back', () => {
    const { book, now } = dialed(20);
    expect(startWaitMs(book, now - 3_600_000)).toBe(300_000);
  });
});
