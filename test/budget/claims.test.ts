import { describe, expect, it } from 'vitest';
import {
  matchesCounted,
  matchesLeft,
  matchesOf,
  matchesUsed,
  withClaim,
  withFixture,
  withMatchOf,
  withoutClaim,
} from '../../src/budget/claims.js';
import { type DayBook, type MatchClaim, newDayBook, withRefusal } from '../../src/budget/day-book.js';

const now = Date.parse('2026-01-06T12:00:00Z');
const limits = { matches: 2, lobbyMs: null };

const claim = (claimId: string, kind: MatchClaim['kind'] = 'queue'): MatchClaim => ({
  claimId,
  kind,
  opponent: null,
  at: now,
  voidAt: now + 60_000,
});

function claimed(book: DayBook, ...claims: MatchClaim[]): DayBook {
  return claims.reduce((before, each) => {
    const after = withClaim(before, each, { limits, wallNow: now, others: 9 });
    if (after === null) throw new Error('the claim was denied');
    return after;
  }, book);
}

const match = (matchId: string, rated = true) => ({ matchId, rated, at: now });

describe('a claim', () => {
  it('takes a match of the day until it is given back', () => {
    const book = claimed(newDayBook(now), claim('q'));
    expect(matchesUsed(book)).toBe(1);
    expect(matchesLeft(book, limits, now)).toBe(1);
    expect(withoutClaim(book, 'q')).toEqual(newDayBook(now));
    expect(withoutClaim(book, 'other')).toBe(book);
  });

  it('is denied while another one is open, unless as many are allowed', () => {
    const book = claimed(newDayBook(now), claim('q'));
    expect(withClaim(book, claim('c', 'challenge'), { limits, wallNow: now })).toBeNull();
    expect(
      withClaim(book, claim('c', 'challenge'), { limits, wallNow: now, others: 1 })?.claims,
    ).toHaveLength(2);
    expect(withClaim(book, claim('c', 'challenge'), { limits, wallNow: now + 60_000 })?.claims).toEqual([
      claim('c', 'challenge'),
    ]);
  });

  it('is renewed by its id, also when it has the last match', () => {
    const book = claimed(withMatchOf(newDayBook(now), match('m')), claim('q'));
    expect(matchesLeft(book, limits, now)).toBe(0);
    const later = { ...claim('q'), at: now + 20_000, voidAt: now + 80_000 };
    expect(withClaim(book, later, { limits, wallNow: now + 20_000 })?.claims).toEqual([later]);
    expect(withClaim(book, claim('c'), { limits, wallNow: now, others: 1 })).toBeNull();
  });

  it('may always be void sooner than it was', () => {
    const book = claimed(newDayBook(now), claim('q'), claim('c', 'challenge'));
    const sooner = { ...claim('q'), voidAt: now + 15_000 };
    expect(withClaim(book, sooner, { limits, wallNow: now })?.claims).toEqual([
      claim('c', 'challenge'),
      sooner,
    ]);
    expect(withClaim(book, { ...sooner, voidAt: now + 60_001 }, { limits, wallNow: now })).toBeNull();
  });

  it('is denied while the platform says that nothing is left', () => {
    const book = withRefusal(newDayBook(now), 'matches', now + 1_000);
    expect(withClaim(book, claim('q'), { limits, wallNow: now })).toBeNull();
    expect(withClaim(book, claim('q'), { limits, wallNow: now + 1_000 })).not.toBeNull();
  });

  it('is never denied by a limit where there is none', () => {
    const none = { matches: null, lobbyMs: null };
    expect(matchesLeft(claimed(newDayBook(now), claim('q')), none, now)).toBeNull();
  });
});

describe('a match that was announced', () => {
  it('is counted in place of its claim, once', () => {
    const book = withMatchOf(claimed(newDayBook(now), claim('q')), match('m'));
    expect([matchesUsed(book), matchesCounted(book), matchesOf(book, 'queue')]).toEqual([1, 1, 1]);
    expect(withMatchOf(book, match('m'))).toBe(book);
  });

  it('is of a challenge rather than of the queue, and unrated ones are of house bots', () => {
    const both = claimed(newDayBook(now), claim('q'), claim('c', 'challenge'));
    expect(withMatchOf(both, match('m')).claims).toEqual([claim('q')]);
    expect(withMatchOf(both, match('m', false)).matches[0]?.kind).toBe('unasked');
    expect(withMatchOf(claimed(newDayBook(now), claim('h', 'house')), match('m', false)).claims).toEqual([]);
  });

  it('that nobody asked for is counted all the same', () => {
    const book = withMatchOf(newDayBook(now), match('m'));
    expect(book.matches).toEqual([{ matchId: 'm', kind: 'unasked', claim: null, at: now }]);
    expect(matchesUsed(book)).toBe(1);
  });

  it('of a season is not counted, and gives back what it was taken for', () => {
    const book = withMatchOf(claimed(newDayBook(now), claim('q')), match('m'));
    const fixture = withFixture(book, { matchId: 'm', at: now });
    expect([matchesCounted(fixture), fixture.claims]).toEqual([0, [claim('q')]]);
    expect(withFixture(fixture, { matchId: 'm', at: now })).toBe(fixture);
    expect(withFixture(newDayBook(now), { matchId: 'n', at: now }).matches).toEqual([
      { matchId: 'n', kind: 'fixture', claim: null, at: now },
    ]);
  });
});
