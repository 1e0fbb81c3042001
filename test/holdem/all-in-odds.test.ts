import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { type AllInOdds, allInOdds, allInOddsOf, shareOfOdds } from '../../src/holdem/all-in-odds.js';
import { allCards } from '../../src/holdem/card.js';
import { countBoards } from '../../src/holdem/count-boards.js';
import { matchUpFile } from '../../src/holdem/match-up-table.js';
import { strengthOfCards } from '../../src/holdem/strength.js';

const odds = (hand: string, other: string, board = '', dead = ''): AllInOdds => {
  const cards = (text: string): string[] => text.match(/../g) ?? [];
  return allInOdds(cards(hand), cards(other), { board: cards(board), dead: cards(dead) });
};
const share = (...given: Parameters<typeof odds>): number => shareOfOdds(odds(...given));

function dealtOneByOne(hand: number[], other: number[], board: number[], known: number[]): AllInOdds {
  const rest = allCards.flatMap((_, card) => (known.includes(card) ? [] : [card]));
  const found = { wins: 0, ties: 0, boards: 0 };
  const deal = (dealt: number[], left: number[]): void => {
    if (dealt.length === 5) {
      const [own, theirs] = [hand, other].map((cards) => strengthOfCards([...cards, ...dealt], 7));
      found.boards += 1;
      if ((own as number) > (theirs as number)) found.wins += 1;
      if (own === theirs) found.ties += 1;
      return;
    }
    for (const [at, card] of left.entries()) deal([...dealt, card], left.slice(at + 1));
  };
  deal(board, rest);
  return found;
}

describe('the odds of two hands all-in before the flop', () => {
  it('are counts of boards', () => {
    const kings = odds('AcAs', 'KhKd');
    expect(kings).toEqual({ wins: 1_388_072, ties: 6_538, boards: 1_712_304 });
    expect(odds('KhKd', 'AcAs')).toEqual({ wins: 317_694, ties: 6_538, boards: 1_712_304 });
    expect(shareOfOdds(kings)).toBeCloseTo(0.812555, 6);
    // For a hundred big blinds each.
    expect(200 * shareOfOdds(kings) - 100).toBeCloseTo(62.511, 3);
    expect(odds('As2s', 'Ad2d').ties).toBe(1_467_192);
    expect(share('As2s', 'Ad2d')).toBe(0.5);
  });

  it('differ by suits', () => {
    expect(share('2c2d', 'AhKh')).toBeCloseTo(0.499158, 6);
    expect(share('2c2h', 'AhKh')).toBeCloseTo(0.502976, 6);
    expect(share('7c7d', '8c8d')).toBeCloseTo(0.174881, 6);
    expect(share('7c7d', '8h8s')).toBeCloseTo(0.188706, 6);
  });

  it('are those of one deck: a hand against all others', () => {
    const all = Array.from({ length: 52 }, (_, card) => card);
    const aces = [12, 25];
    const rest = all.filter((card) => !aces.includes(card));
    let sum = 0;
    for (const [index, a] of rest.entries())
      for (const b of rest.slice(index + 1)) sum += shareOfOdds(allInOddsOf(aces, [a, b], []));
    expect(sum / 1225).toBeCloseTo(0.852037, 6);
  });

  it('come from a file that is small', () => {
    expect(statSync(matchUpFile).size).toBeLessThan(200_000);
  });

  it('are those of a count', () => {
    const [hand, other] = [
      [5, 13],
      [26, 44],
    ];
    expect(allInOddsOf(hand ?? [], other ?? [], [])).toEqual(
      countBoards(hand ?? [], other ?? [], [], [...(hand ?? []), ...(other ?? [])]),
    );
  });
});

describe('the odds of two hands all-in later', () => {
  it('are of 990 boards on the flop, 44 on the turn and one on the river', () => {
    expect(odds('AhKh', 'QsQd', 'JhTh2c')).toEqual({ wins: 555, ties: 0, boards: 990 });
    expect(odds('AhKh', 'QsQd', 'JhTh2c3d').boards).toBe(44);
    expect(odds('AhKh', 'QsQd', 'JhTh2c3dQc')).toEqual({ wins: 1, ties: 0, boards: 1 });
    expect(odds('AhKh', 'AsKs', '2c3d4cTdJs')).toEqual({ wins: 0, ties: 1, boards: 1 });
  });

  it('are those of boards that are dealt one by one', () => {
    const random = new FastRandom('boards');
    for (let turn = 0; turn < 200; turn += 1) {
      const deck = allCards.map((_, card) => card);
      const drawn = Array.from({ length: 16 }, () => deck.splice(random.below(deck.length), 1)[0] as number);
      const board = drawn.slice(4, 7 + (turn % 3));
      // Up to eight cards of seats that folded.
      const known = drawn.slice(0, 4 + board.length + (turn % 8));
      const [hand, other] = [drawn.slice(0, 2), drawn.slice(2, 4)];
      expect(countBoards(hand, other, board, known)).toEqual(dealtOneByOne(hand, other, board, known));
    }
  });

  it('leave folded cards out', () => {
    expect(share('AcAs', 'KhKd', '', 'Kc2d')).toBeCloseTo(0.884829, 6);
    expect(share('AcAs', 'KhKd', '', 'Ad7h')).toBeCloseTo(0.795, 6);
    expect(odds('AhKh', 'QsQd', 'JhTh2c', 'QhQc').boards).toBe(903);
  });

  it('refuse cards that come twice, and others than a hand has', () => {
    expect(() => odds('AcAc', 'KhKd')).toThrow(RangeError);
    expect(() => odds('AcAs', 'KhKd', 'Ac2d3h')).toThrow('not AcAs KhKd Ac2d3h');
    expect(() => odds('AcAs', 'KhKd', '', 'Kh')).toThrow(RangeError);
    expect(() => odds('AcAs', 'KhKd', '2d3h')).toThrow(RangeError);
    expect(() => odds('Ac', 'KhKd')).toThrow(RangeError);
    expect(() => odds('AcXx', 'KhKd')).toThrow(RangeError);
    expect(() => allInOddsOf([0, 99], [1, 2], [])).toThrow(RangeError);
  });
});
