import { describe, expect, it } from 'vitest';
import { newDayBook, withRefusal } from '../../src/budget/day-book.js';
import { freeLobbyMs, reservedLobbyMs, withLobbyTime } from '../../src/budget/lobby-time.js';

const at = (text: string): number => Date.parse(text);
const minutes = (count: number): number => count * 60_000;
const noon = at('2026-01-06T12:00:00Z');

describe('time in the lobby', () => {
  it('adds up', () => {
    const book = withLobbyTime(withLobbyTime(newDayBook(noon), 30_000, noon), 15_000, noon + 15_000);
    expect(book.lobbyMs).toBe(45_000);
    expect(withLobbyTime(book, 0, noon)).toBe(book);
    expect(withLobbyTime(book, -5, noon)).toBe(book);
  });

  it('is split at midnight', () => {
    const before = withLobbyTime(newDayBook(noon), 1_000, noon);
    const after = withLobbyTime(before, 30_000, at('2026-01-07T00:00:10Z'));
    expect([after.day, after.lobbyMs]).toEqual(['2026-01-07', 10_000]);
    // It began after midnight, and nothing was told in between.
    expect(withLobbyTime(before, 5_000, at('2026-01-07T00:00:10Z')).lobbyMs).toBe(5_000);
  });

  it('is split when the book is that of the new day already', () => {
    const midnight = at('2026-01-07T00:00:00Z');
    expect(withLobbyTime(newDayBook(midnight), 30_000, midnight).lobbyMs).toBe(0);
    expect(withLobbyTime(newDayBook(midnight), 30_000, midnight + 10_000).lobbyMs).toBe(10_000);
  });

  it('belongs to the day that is counted when the clock is set back over midnight', () => {
    const book = withLobbyTime(newDayBook(at('2026-01-07T00:00:00Z')), 2_000, at('2026-01-06T23:59:58Z'));
    expect([book.day, book.lobbyMs]).toEqual(['2026-01-07', 2_000]);
  });
});

describe('the reserve for fixtures', () => {
  it('is 12 minutes before and 40 after each, where they overlap once', () => {
    const mark = at('2026-01-06T18:40:00Z');
    expect(reservedLobbyMs([], noon)).toBe(0);
    expect(reservedLobbyMs([mark], noon)).toBe(minutes(52));
    expect(reservedLobbyMs([mark + minutes(10), mark], noon)).toBe(minutes(62));
    expect(reservedLobbyMs([mark, mark + minutes(120)], noon)).toBe(minutes(104));
  });

  it('is only what is still to come of them today', () => {
    const mark = at('2026-01-06T18:40:00Z');
    expect(reservedLobbyMs([mark], mark + minutes(30))).toBe(minutes(10));
    expect(reservedLobbyMs([mark], mark + minutes(41))).toBe(0);
    expect(reservedLobbyMs([at('2026-01-06T23:50:00Z')], noon)).toBe(minutes(22));
    expect(reservedLobbyMs([at('2026-01-07T18:40:00Z')], noon)).toBe(0);
  });

  it('is not free for anything else', () => {
    const limits = { matches: null, lobbyMs: minutes(60) };
    const now = { marks: [at('2026-01-06T18:40:00Z')], wallNow: noon };
    expect(freeLobbyMs(newDayBook(noon), limits, now)).toBe(minutes(6.8));
    expect(freeLobbyMs(withLobbyTime(newDayBook(noon), minutes(8), noon), limits, now)).toBe(0);
    expect(freeLobbyMs(withLobbyTime(newDayBook(noon), minutes(30), noon), limits, now)).toBe(0);
    expect(freeLobbyMs(newDayBook(noon), { matches: null, lobbyMs: null }, now)).toBeNull();
    const refused = withRefusal(newDayBook(noon), 'lobbyHours', noon + 1);
    expect(freeLobbyMs(refused, { matches: null, lobbyMs: null }, now)).toBe(0);
    expect(freeLobbyMs(refused, { matches: null, lobbyMs: null }, { ...now, wallNow: noon + 1 })).toBeNull();
  });
});
