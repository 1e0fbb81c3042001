import { describe, expect, it } from 'vitest';
import { type Card, formatCard, parseCards, ranks, suits } from '../../src/holdem/card.js';
import { deckSeed, shuffledDeck } from '../../src/holdem/deck.js';
import { rankHand } from '../../src/holdem/hand-rank.js';
import { bestFive, categoryNames, compareScores, inPlayOrder, scoreFive, subsets } from './table-oracle.js';

describe('rankHand', () => {
  it.each([
    ['Ah Kh 9c 7d 5s 3d 2c', 'High Card', 'Ah Kh 9c 7d 5s'],
    ['Ah Ad 9c 7d 5s 3d 2c', 'Pair', 'Ah Ad 9c 7d 5s'],
    ['Ah Ad 9c 9d 5s 5d 2c', 'Two Pair', 'Ah Ad 9c 9d 5s'],
    ['4h 4d 4c Kd 7s 3d 2c', 'Three of a Kind', '4h 4d 4c Kd 7s'],
    ['9h 8d 7c 6d 5s Ad Kc', 'Straight', '9h 8d 7c 6d 5s'],
    ['Ah 2d 3c 4d 5s Kd Kc', 'Straight', '5s 4d 3c 2d Ah'],
    ['Ah Kd Qc Jd Ts 2d 2c', 'Straight', 'Ah Kd Qc Jd Ts'],
    ['Kh 9h 7h 4h 2h Ad Ac', 'Flush', 'Kh 9h 7h 4h 2h'],
    ['Kh Kd 7h 7d 7c 2h 2d', 'Full House', '7h 7d 7c Kh Kd'],
    ['7s Kd 7h 7d 7c Kh 2d', 'Four of a Kind', '7s 7h 7d 7c Kd'],
    ['Ah 2h 3h 4h 5h Kd Kc', 'Straight Flush', '5h 4h 3h 2h Ah'],
    ['Ah Kh Qh Jh Th Ad Ac', 'Straight Flush', 'Ah Kh Qh Jh Th'],
  ])('%s is a %s', (cards, name, best) => {
    const hand = rankHand(parseCards(cards));
    expect({ name: hand.name, best: hand.best }).toEqual({ name, best: parseCards(best) });
  });

  it.each([
    ['High Card', '7h 5d 4c 3d 2s', 'Ah Kd Qc Jd 9s'],
    ['Pair', '2h 2d 5c 4d 3s', 'Ah Ad Kc Qd Js'],
    ['Two Pair', '3h 3d 2c 2d 4s', 'Ah Ad Kc Kd Qs'],
    ['Three of a Kind', '2h 2d 2c 4d 3s', 'Ah Ad Ac Kd Qs'],
    ['Straight', '5h 4d 3c 2d As', 'Ah Kd Qc Jd Ts'],
    ['Flush', '7h 5h 4h 3h 2h', 'Ah Kh Qh Jh 9h'],
    ['Full House', '2h 2d 2c 3d 3s', 'Ah Ad Ac Kd Ks'],
    ['Four of a Kind', '2h 2d 2c 2s 3s', 'Ah Ad Ac As Ks'],
    ['Straight Flush', '5h 4h 3h 2h Ah', 'Ah Kh Qh Jh Th'],
  ])('%s goes from %s to %s', (name, weakest, strongest) => {
    expect([weakest, strongest].map((cards) => rankHand(parseCards(cards)).name)).toEqual([name, name]);
  });

  it('gives the weakest and the strongest hand the ends of the scale', () => {
    expect([
      rankHand(parseCards('7h 5d 4c 3d 2s')).strength,
      rankHand(parseCards('Ah Kh Qh Jh Th')).strength,
    ]).toEqual([1, 7462]);
  });

  it('agrees with a brute-force ranking of thousands of hands, in name, in order and in the five cards', () => {
    for (let sample = 0; sample < 1500; sample += 1) {
      const deck = shuffledDeck(deckSeed('hand-rank', sample));
      const size = 5 + (sample % 3);
      const [mine, yours] = [deck.slice(0, size), deck.slice(size, 2 * size)];
      const [a, b] = [rankHand(mine), rankHand(yours)];
      const [naiveA, naiveB] = [bestFive(mine.map(formatCard)), bestFive(yours.map(formatCard))];
      const best = a.best.map(formatCard);
      expect({ mine, yours, sign: Math.sign(a.strength - b.strength), name: a.name, best }).toEqual({
        mine,
        yours,
        sign: compareScores(naiveA.score, naiveB.score),
        name: categoryNames[naiveA.score[0]!],
        best: inPlayOrder(naiveA.five),
      });
    }
  });

  it('gives every one of the 7462 different hands its own strength, in the right order', () => {
    const multisets = (size: number, from = 0): string[][] =>
      size === 0
        ? [[]]
        : [...ranks.keys()]
            .slice(from)
            .flatMap((index) => multisets(size - 1, index).map((rest) => [ranks[index]!, ...rest]));
    const shapes = multisets(5).filter((five) => new Set(five).size > 1);
    const suited = shapes.filter((five) => new Set(five).size === 5);
    const hands = [
      ...suited.map((five) => five.map((rank) => `${rank}c`)),
      // Equal ranks get different suits, and never five of one suit.
      ...shapes.map((five) =>
        five.map((rank, index) => {
          const nth = five.slice(0, index).filter((other) => other === rank).length;
          return `${rank}${suits[new Set(five).size === 5 ? Number(index === 0) : nth]!}`;
        }),
      ),
    ];
    const inOrder = hands
      .map((five) => ({ five, score: scoreFive(five) }))
      .toSorted((a, b) => compareScores(a.score, b.score))
      .map(({ five }) => five);
    expect(inOrder.map((five) => rankHand(parseCards(five.join(' '))).strength)).toEqual(
      Array.from({ length: 7462 }, (_, index) => index + 1),
    );
  });

  it('finds the best five of any seven of the aces to fives', () => {
    const cards = ranks
      .filter((rank) => 'A2345'.includes(rank))
      .flatMap((rank) => suits.map((suit) => rank + suit));
    const bits = new Map(cards.map((card, index) => [card, 2 ** index]));
    const maskOf = (some: readonly string[]) => some.reduce((mask, card) => mask + bits.get(card)!, 0);
    const fives = subsets(cards, 5).map((five) => ({ mask: maskOf(five), score: scoreFive(five) }));
    const different = [...new Map(fives.map(({ score }) => [score.join(), score])).values()];
    const names = different.toSorted(compareScores).map((score) => score.join());
    const placeOf = new Map(fives.map(({ mask, score }) => [mask, names.indexOf(score.join())]));
    const strengths = new Map<number, number>();
    for (const seven of subsets(cards, 7)) {
      const own = seven.map((card) => bits.get(card)!);
      const all = own.reduce((mask, bit) => mask + bit);
      let place = -1;
      for (const one of own) {
        for (const two of own) if (one < two) place = Math.max(place, placeOf.get(all - one - two)!);
      }
      const { strength, best } = rankHand(parseCards(seven.join(' ')));
      const known = strengths.get(place) ?? strength;
      strengths.set(place, known);
      if (known !== strength || placeOf.get(maskOf(best.map(formatCard))) !== place)
        expect.fail(seven.join(' '));
    }
    const rising = [...strengths].toSorted(([a], [b]) => a - b).map(([, strength]) => strength);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBe(rising.length);
  });

  it.each([
    ['four cards', ['Ah', 'Kh', 'Qh', 'Jh']],
    ['eight cards', ['Ah', 'Kh', 'Qh', 'Jh', '2c', '3c', '4c', '5c']],
    ['a card that comes twice', ['Ah', 'Ah', 'Kh', 'Qh', 'Jh']],
  ])('refuses %s', (_, cards) => {
    expect(() => rankHand(parseCards(cards.join(' ')))).toThrow(RangeError);
  });

  it('refuses what is not a card, and takes a card that is written anew', () => {
    const written = (cards: string[]) => cards.map(([rank, suit]) => ({ rank, suit }) as Card);
    expect(() => rankHand(written(['Ah', 'Kh', 'Qh', 'Jh', '1h']))).toThrow('not "1h"');
    expect(rankHand(written(['Ah', 'Kh', 'Qh', 'Jh', 'Th'])).strength).toBe(7462);
  });
});
