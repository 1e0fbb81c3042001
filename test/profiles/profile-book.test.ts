/** Books of profiles: no hand twice, intervals that know of matches, and the field. */
import { describe, expect, it } from 'vitest';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { fieldOf, outliersOf } from '../../src/profiles/field.js';
import { newTally } from '../../src/profiles/match-tally.js';
import { createProfileBook, type ProfileBook } from '../../src/profiles/profile-book.js';
import { placeOfShare } from '../../src/profiles/profile-statistics.js';
import { handOf } from '../histories/hands.js';

/** Ann raises, and Bob folds or calls. */
const hand = (
  matchId: string | null,
  handNumber: number | null,
  answer: 'fold' | 'call 20',
): HandHistory => ({
  ...handOf({ stacks: [1000, 1000] }, [`preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 ${answer}`]),
  matchId,
  handNumber,
});

const foldToBet = (book: ProfileBook, name = 'Bob') => book.profile(name).shares.foldToBet;

describe('a book of profiles', () => {
  it('counts a hand once, however often it comes', () => {
    const book = createProfileBook();
    expect(book.count(hand('m1', 1, 'fold'))).toBe(true);
    expect(book.count(hand('m1', 1, 'fold'))).toBe(false);
    expect(book.count(hand('m1', 2, 'call 20'))).toBe(true);
    expect(book.count(hand('m2', 1, 'fold'))).toBe(true);
    expect(book.profile('Bob')).toMatchObject({ matches: 2, hands: 3 });
    expect(foldToBet(book)).toMatchObject({ hits: 2, chances: 3 });
  });

  it('counts hands without a number, which cannot be told apart, and none that was cut off', () => {
    const book = createProfileBook();
    book.count(hand(null, null, 'fold'));
    book.count(hand(null, null, 'fold'));
    expect(book.count({ ...hand('m1', 1, 'fold'), isFinished: false })).toBe(false);
    expect(book.profile('Bob')).toMatchObject({ matches: 1, hands: 2 });
  });

  it('counts one seat under another name, as a bot whose name has changed', () => {
    const book = createProfileBook();
    book.count(hand('m1', 1, 'fold'), 1, 'birch');
    expect(book.names()).toEqual(['birch']);
  });

  it('takes the larger of two tallies of a match', () => {
    const book = createProfileBook();
    book.count(hand('m1', 1, 'fold'));
    book.take('Bob', newTally('m1'));
    expect(book.profile('Bob').hands).toBe(1);
    book.take('Bob', { ...newTally('m1'), hands: 7 });
    expect(book.profile('Bob').hands).toBe(7);
  });

  it('leaves out matches before a date, and those without one', () => {
    const book = createProfileBook();
    book.count({ ...hand('old', 1, 'fold'), startedAt: 1_000 });
    book.count({ ...hand('new', 1, 'fold'), startedAt: 5_000 });
    book.count({ ...hand('timeless', 1, 'fold'), startedAt: null });
    expect(book.profile('Bob')).toMatchObject({ matches: 3, firstAt: 1_000, lastAt: 5_000 });
    expect(book.profile('Bob', { since: 2_000 })).toMatchObject({ matches: 1, hands: 1, firstAt: 5_000 });
  });

  it('has zeros for a bot that was never met', () => {
    expect(createProfileBook().profile('nobody')).toMatchObject({
      hands: 0,
      firstAt: null,
      shares: { vpip: { hits: 0, chances: 0, rate: null, effective: 0, interval: null } },
    });
  });
});

/** So many chances in each match, with so many hits. */
function bookOf(name: string, matches: readonly (readonly [hits: number, chances: number])[]): ProfileBook {
  const book = createProfileBook();
  addTo(book, name, matches);
  return book;
}

function addTo(book: ProfileBook, name: string, matches: readonly (readonly [number, number])[]): void {
  for (const [index, [hits, chances]] of matches.entries()) {
    const tally = { ...newTally(`m${index}`), hands: chances };
    const place = placeOfShare('foldToBet');
    tally.counts.shares[place] = hits;
    tally.counts.shares[place + 1] = chances;
    book.take(name, tally);
  }
}

describe('a share', () => {
  it('is not sure of itself at 0 of 40', () => {
    const { rate, interval } = foldToBet(
      bookOf(
        'Bob',
        Array.from({ length: 4 }, () => [0, 10] as const),
      ),
    );
    expect(rate).toBe(0);
    expect(interval?.low).toBe(0);
    // Jeffreys: the 97.5th percentile of Beta(0.5, 40.5).
    expect(interval?.high).toBeCloseTo(0.0605, 3);
  });

  it('is worth less where the chances of a match resemble each other', () => {
    const alike = Array.from({ length: 10 }, (_, index) => [index % 2 === 0 ? 30 : 0, 30] as const);
    const mixed = Array.from({ length: 10 }, () => [15, 30] as const);
    expect(foldToBet(bookOf('Bob', alike))).toMatchObject({ hits: 150, chances: 300, effective: 10 });
    expect(foldToBet(bookOf('Bob', mixed))).toMatchObject({ hits: 150, chances: 300, effective: 300 });
  });
});

describe('the field', () => {
  /** Bots that fold so many of 100 bets. */
  const fieldBook = (folds: readonly number[]) => {
    const book = createProfileBook();
    for (const [index, hits] of folds.entries()) addTo(book, `bot ${index}`, [[hits, 100]]);
    return book;
  };
  const profilesOf = (book: ProfileBook) => book.names().map((name) => book.profile(name));

  it('has its tenth and ninetieth percentile, and names who lies outside', () => {
    const field = fieldOf(profilesOf(fieldBook([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 0])));
    expect(field.foldToBet?.low).toBeCloseTo(0.1, 9);
    expect(field.foldToBet?.high).toBeCloseTo(0.9, 9);
    const of = (hits: number, chances: number) =>
      outliersOf(bookOf('Bob', [[hits, chances]]).profile('Bob'), field);
    expect(of(9, 100)).toEqual({ foldToBet: 'low' });
    expect(of(10, 100)).toEqual({});
    expect(of(95, 100)).toEqual({ foldToBet: 'high' });
    // 29 chances say nothing.
    expect(of(29, 29)).toEqual({});
    expect(of(30, 30)).toEqual({ foldToBet: 'high' });
  });

  it('is none of four bots', () => {
    expect(fieldOf(profilesOf(fieldBook([10, 20, 30, 40]))).foldToBet).toBeNull();
    expect(fieldOf(profilesOf(fieldBook([10, 20, 30, 40, 50]))).foldToBet).toMatchObject({ bots: 5 });
  });
});
