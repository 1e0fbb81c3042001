import { evaluate, getCardCodes } from '@pokertools/evaluator';
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { evaluatorCodes, numberOfCard } from '../../src/holdem/card-numbers.js';
import { strengthOf, strengthOfCards } from '../../src/holdem/strength.js';

const numbersOf = (text: string): number[] => text.split(' ').map(numberOfCard);
const strengthOfText = (text: string): number => {
  const cards = numbersOf(text);
  return strengthOfCards(cards, cards.length);
};

describe('the strength of a hand', () => {
  it('has 7462 values over all hands of five cards, as often as combinatorics say', () => {
    const seen = new Uint32Array(7_463);
    const five = [0, 0, 0, 0, 0];
    const deal = (place: number, from: number): void => {
      for (let card = from; card < 52; card += 1) {
        five[place] = card;
        if (place === 4) seen[strengthOfCards(five, 5)]! += 1;
        else deal(place + 1, card + 1);
      }
    };
    deal(0, 0);
    const classes = [1, 1_278, 4_138, 4_996, 5_854, 5_864, 7_141, 7_297, 7_453, 7_463];
    const counts = classes
      .slice(0, -1)
      .map((from, at) => seen.slice(from, classes[at + 1]).reduce((sum, count) => sum + count, 0));
    expect(counts.toReversed()).toEqual([
      40, 624, 3_744, 5_108, 10_200, 54_912, 123_552, 1_098_240, 1_302_540,
    ]);
    expect(seen.filter((count) => count > 0).length).toBe(7_462);
    expect(seen[0]).toBe(0);
  });

  it('is what the evaluator says, of five, six and seven cards', () => {
    const random = new FastRandom('strengths');
    const deck = Uint8Array.from({ length: 52 }, (_, card) => card);
    for (let deal = 0; deal < 20_000; deal += 1) {
      for (let at = 0; at < 7; at += 1) {
        const other = at + random.below(52 - at);
        [deck[at], deck[other]] = [deck[other]!, deck[at]!];
      }
      const codes = [...deck.subarray(0, 7)].map((card) => evaluatorCodes[card]!);
      const asked = [5, 6, 7].map((count) => strengthOfCards(deck, count));
      expect([...asked, strengthOf(deck[0]!, deck[1]!, deck.subarray(2, 7))]).toEqual(
        [5, 6, 7, 7].map((count) => 7_463 - evaluate(codes.slice(0, count))),
      );
    }
  });

  it('is at its ends for a royal flush and seven high, and knows the wheels', () => {
    expect(strengthOfText('Ah Kh Qh Jh Th')).toBe(7_462);
    expect(strengthOfText('5s 4s 3s 2s As')).toBe(7_453);
    expect(strengthOfText('5h 4s 3s 2s As')).toBe(7_463 - 1_609);
    expect(strengthOfText('7h 5s 4s 3s 2s')).toBe(1);
    expect(strengthOfText('7h 5s 4s 3s 2s')).toBe(
      7_463 - evaluate(getCardCodes(['7h', '5s', '4s', '3s', '2s'])),
    );
  });
});
