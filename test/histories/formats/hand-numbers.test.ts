import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handOfSiteNumbers, siteNumbersOf } from '../../../src/histories/formats/hand-numbers.js';

describe('the numbers of a hand', () => {
  it('are the same for the same match and hand, and digits that a number can hold', () => {
    expect(siteNumbersOf({ matchId: 'match-1', handNumber: 7 })).toEqual({
      tournament: 67116120853,
      hand: 6711612085300007,
    });
    fc.assert(
      fc.property(fc.string(), fc.nat(99_999), (matchId, handNumber) => {
        const { tournament, hand } = siteNumbersOf({ matchId, handNumber });
        expect([tournament >= 1, Number.isSafeInteger(hand)]).toEqual([true, true]);
        expect(handOfSiteNumbers({ tournament, hand })).toBe(handNumber);
      }),
    );
  });

  it('are those of the site that it was imported from', () => {
    const imported = { matchId: '67116120853', handNumber: 7 };
    expect(siteNumbersOf(imported)).toEqual(siteNumbersOf({ matchId: 'match-1', handNumber: 7 }));
    expect(siteNumbersOf({ matchId: null, handNumber: 212_345_678_901 }).hand).toBe(212_345_678_901);
    expect(handOfSiteNumbers({ tournament: 5, hand: 212_345_678_901 })).toBe(212_345_678_901);
  });

  it('of matches that come one after the other are not mixed up', () => {
    const tournaments = ['a', 'b', 'a'].map(
      (matchId) => siteNumbersOf({ matchId, handNumber: 1 }).tournament,
    );
    expect([tournaments[0] === tournaments[2], tournaments[0] === tournaments[1]]).toEqual([true, false]);
  });

  it('are none for a hand without a number', () => {
    expect(() => siteNumbersOf({ matchId: 'a', handNumber: null })).toThrow(
      expect.objectContaining({ code: 'no_number' }),
    );
  });
});
