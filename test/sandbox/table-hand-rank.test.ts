import { describe, expect, it } from 'vitest';
import { deckSeed, shuffledDeck } from '../../src/sandbox/deck.js';
import { rankHand } from '../../src/sandbox/hand-rank.js';
import { bestScore, categoryNames, compareScores, scoreFive } from './table-oracle.js';

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
    const hand = rankHand(cards.split(' '));
    expect({ name: hand.name, best: hand.best }).toEqual({ name, best: best.split(' ') });
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
    expect([weakest, strongest].map((cards) => rankHand(cards.split(' ')).name)).toEqual([name, name]);
  });

  it('gives the weakest and the strongest hand the ends of the scale', () => {
    expect([
      rankHand('7h 5d 4c 3d 2s'.split(' ')).strength,
      rankHand('Ah Kh Qh Jh Th'.split(' ')).strength,
    ]).toEqual([1, 7462]);
  });

  it('agrees with a brute-force ranking of thousands of hands, in name, in order and in the five cards', () => {
    const wrong: unknown[] = [];
    for (let sample = 0; sample < 1500; sample += 1) {
      const deck = shuffledDeck(deckSeed('hand-rank', sample));
      const size = 5 + (sample % 3);
      const [mine, yours] = [deck.slice(0, size), deck.slice(size, 2 * size)];
      const [a, b] = [rankHand(mine), rankHand(yours)];
      const [scoreA, scoreB] = [bestScore(mine), bestScore(yours)];
      const agrees =
        Math.sign(a.strength - b.strength) === compareScores(scoreA, scoreB) &&
        a.name === categoryNames[scoreA[0]!] &&
        compareScores(scoreFive(a.best), scoreA) === 0 &&
        new Set(a.best).size === 5 &&
        a.best.every((card) => mine.includes(card));
      if (!agrees) wrong.push({ mine, yours, a, b });
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['four cards', ['Ah', 'Kh', 'Qh', 'Jh']],
    ['eight cards', ['Ah', 'Kh', 'Qh', 'Jh', '2c', '3c', '4c', '5c']],
    ['a card that is none', ['Ah', 'Kh', 'Qh', 'Jh', '1h']],
    ['a card that comes twice', ['Ah', 'Ah', 'Kh', 'Qh', 'Jh']],
  ])('refuses %s', (_, cards) => {
    expect(() => rankHand(cards)).toThrow(RangeError);
  });
});
