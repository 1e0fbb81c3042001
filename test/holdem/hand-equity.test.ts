import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCards, parseCards } from '../../src/holdem/card.js';
import { equityAgainstAny, equityOf } from '../../src/holdem/hand-equity.js';
import { rankHand } from '../../src/holdem/hand-rank.js';

const cards = (text: string) => text.match(/../g) ?? [];
const of = (board: string, ...hands: string[]) => equityOf(hands.map(cards), cards(board));

describe('equity of known hands', () => {
  it('on the river is what the hands are', () => {
    expect(of('Kc7d2s9h3c', 'AhKd', 'QsQc')).toEqual({ shares: [1, 0], deals: 1, isExact: true });
    expect(of('AcKdQhJsTs', '2c2d', '3h3d', '4h4d').shares).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('on the turn counts 44 rivers', () => {
    // Nine hearts make the flush, and two of them pair the board for a full house.
    expect(of('Kh7h2s9d', 'KdKs', 'AhQh')).toEqual({ shares: [37 / 44, 7 / 44], deals: 44, isExact: true });
  });

  it('on the flop counts 990 boards, each as the hands rank', () => {
    const [hole, other, board] = ['AhKd', 'QsQc', 'Qd7d2s'].map((text) => parseCards(cards(text).join(' ')));
    const known = [...(hole ?? []), ...(other ?? []), ...(board ?? [])];
    const rest = allCards.filter((card) => !known.includes(card));
    let won = 0;
    for (const [at, turn] of rest.entries()) {
      for (const river of rest.slice(at + 1)) {
        const five = [...(board ?? []), turn, river];
        const mine = rankHand([...(hole ?? []), ...five]).strength;
        const theirs = rankHand([...(other ?? []), ...five]).strength;
        won += mine > theirs ? 1 : mine === theirs ? 0.5 : 0;
      }
    }
    const { shares, deals, isExact } = of('Qd7d2s', 'AhKd', 'QsQc');
    expect([deals, isExact]).toEqual([990, true]);
    expect(shares[0]).toBeCloseTo(won / 990, 12);
  });

  it('before the flop is a sample, the same each time and near the exact one', () => {
    // All 1,712,304 boards of aces against kings of other suits.
    const sampled = of('', 'AsAh', 'KdKc');
    expect(sampled).toEqual(of('', 'AsAh', 'KdKc'));
    expect([sampled.deals, sampled.isExact]).toEqual([2000, false]);
    expect(Math.abs((sampled.shares[0] ?? 0) - 0.81255)).toBeLessThan(0.03);
  });

  it('adds up to one, whoever is named first', () => {
    const deals = fc.shuffledSubarray([...allCards], { minLength: 9, maxLength: 11 });
    fc.assert(
      fc.property(deals, fc.constantFrom(3, 4, 5), ([a, b, c, d, e, f, ...rest], size) => {
        const hands = [
          [a, b],
          [c, d],
          [e, f],
        ].map((pair) => pair.flatMap((card) => card ?? []));
        const board = rest.slice(0, size);
        if (board.length !== size) return;
        const { shares } = equityOf(hands, board);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        const turned = equityOf(hands.toReversed(), board).shares.toReversed();
        for (const [at, share] of shares.entries()) expect(turned[at]).toBeCloseTo(share, 9);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a card that comes twice', ['AhKd', 'AhQc'], ''],
    ['a hand of one card', ['AhKd', 'Qc'], ''],
    ['a board of two', ['AhKd', 'QcQs'], 'Kc7d'],
    ['what is no card', ['AhKd', 'QcQx'], ''],
    ['one hand', ['AhKd'], ''],
  ])('of %s is refused', (_, hands, board) => {
    expect(() => of(board, ...hands)).toThrow(RangeError);
  });
});

describe('equity against any hand', () => {
  const any = (hole: string, board: string, samples?: number) =>
    equityAgainstAny(cards(hole), cards(board), samples === undefined ? {} : { samples });

  it('on the river counts the 990 that are possible', () => {
    // The nuts; a board that everybody plays, but for nobody who beats it.
    expect(any('AhKh', 'QhJhTh2c3d')).toBe(1);
    expect(any('2c3d', 'AhKhQhJhTh')).toBe(0.5);
    // 32 as the worst hand of this board: it loses but to itself, three of each card are left.
    expect(any('3c2d', '4h5hTsJsKd')).toBeCloseTo((9 * 0.5) / 990, 12);
  });

  it('on earlier streets is a sample near the exact one', () => {
    const exact = any('AhKd', 'Kc7d2s9h', Number.POSITIVE_INFINITY);
    expect(exact).toBeGreaterThan(0.8);
    expect(any('AhKd', 'Kc7d2s9h')).toBe(any('AhKd', 'Kc7d2s9h'));
    expect(Math.abs(any('AhKd', 'Kc7d2s9h') - exact)).toBeLessThan(0.04);
    // Two aces win 85 of 100 against a hand of which nothing is known.
    expect(Math.abs(any('AsAh', '') - 0.852)).toBeLessThan(0.03);
  });
});
