import { describe, expect, it } from 'vitest';
import { withClaim, withMatchOf } from '../../src/budget/claims.js';
import { type Decline, dayBookAt, newDayBook, withDecline, withRefusal } from '../../src/budget/day-book.js';
import { withDial } from '../../src/budget/dial-pace.js';
import { withLobbyTime } from '../../src/budget/lobby-time.js';

const at = (text: string): number => Date.parse(text);
const evening = at('2026-01-06T23:59:50Z');
const limits = { matches: 20, lobbyMs: null };

const declined = (challengeId: string, when: number): Decline => ({
  challengeId,
  by: 'us',
  opponent: 'birch',
  why: 'playing',
  at: when,
});

describe('the book of a day', () => {
  it('is the same object while nothing is over', () => {
    const book = withDecline(newDayBook(evening), declined('c', evening));
    expect(dayBookAt(book, evening + 9_999)).toBe(book);
  });

  it('that was written by a clock of years ahead is that of today, and ends at midnight', () => {
    const later = at('2030-03-01T12:00:00Z');
    const claim = { claimId: 'q', kind: 'queue' as const, opponent: null, at: later, voidAt: later + 60_000 };
    const counted = withMatchOf(newDayBook(later), { matchId: 'm', rated: true, at: later });
    const ahead = { ...withRefusal(withDial(counted, later), 'matches', later + 1), claims: [claim] };
    const book = dayBookAt(ahead, evening);
    expect(book).toEqual({
      ...newDayBook(evening),
      matches: counted.matches,
      dials: { count: 1, unproven: 1, lastAt: null },
    });
    expect(dayBookAt(book, evening + 10_000).matches).toEqual([]);
    // Set back over midnight, and by no more than that.
    expect(dayBookAt(newDayBook(evening + 10_000), evening).day).toBe('2026-01-07');
  });

  it('begins anew at 00:00 UTC, once, and keeps what is still open', () => {
    const claim = {
      claimId: 'q',
      kind: 'queue' as const,
      opponent: null,
      at: evening,
      voidAt: evening + 60_000,
    };
    const full = withRefusal(
      withLobbyTime(
        withDial(
          withMatchOf(withDecline(newDayBook(evening), declined('c', evening)), {
            matchId: 'm',
            rated: true,
            at: evening,
          }),
          evening,
        ),
        5_000,
        evening,
      ),
      'matches',
      evening + 3_600_000,
    );
    const book = withClaim({ ...full, refusedUntil: { matches: null, lobbyHours: null } }, claim, {
      limits,
      wallNow: evening,
    });
    if (book === null) throw new Error('the claim was denied');
    const midnight = at('2026-01-07T00:00:00Z');
    const next = dayBookAt({ ...book, refusedUntil: full.refusedUntil }, midnight);
    expect(next).toEqual({
      ...newDayBook(midnight),
      claims: [claim],
      dials: { count: 0, unproven: 1, lastAt: evening },
      declines: [declined('c', evening)],
    });
    // The clock is set back: E36, one reset.
    const used = withLobbyTime(next, 1_000, midnight + 1_000);
    expect(dayBookAt(used, at('2026-01-06T23:59:58Z'))).toBe(used);
    expect(dayBookAt(used, midnight + 2_000)).toBe(used);
  });

  it('forgets what was asked for when nothing can come of it, and refusals after a week', () => {
    const claim = {
      claimId: 'q',
      kind: 'queue' as const,
      opponent: null,
      at: evening,
      voidAt: evening + 5_000,
    };
    const book = withClaim(withDecline(newDayBook(evening), declined('c', evening)), claim, {
      limits,
      wallNow: evening,
    });
    if (book === null) throw new Error('the claim was denied');
    expect(dayBookAt(book, evening + 4_999).claims).toEqual([claim]);
    expect(dayBookAt(book, evening + 5_000).claims).toEqual([]);
    expect(dayBookAt(book, evening + 6 * 86_400_000).declines).toHaveLength(1);
    expect(dayBookAt(book, evening + 7 * 86_400_000).declines).toEqual([]);
  });

  it('remembers the newest refusals, one for each challenge', () => {
    let book = newDayBook(evening);
    for (let n = 0; n < 250; n += 1) book = withDecline(book, declined(`c${n}`, evening + n));
    book = withDecline(book, { ...declined('c249', evening + 300), why: 'fixture' });
    expect(book.declines).toHaveLength(200);
    expect(book.declines.at(-1)).toEqual({ ...declined('c249', evening + 300), why: 'fixture' });
    expect(book.declines.filter(({ challengeId }) => challengeId === 'c249')).toHaveLength(1);
  });
});
