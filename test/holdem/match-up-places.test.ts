import { describe, expect, it } from 'vitest';
import { allCards } from '../../src/holdem/card.js';
import { matchUpCount, matchUpExamples, matchUpPlace } from '../../src/holdem/match-up-places.js';

const rankOf = (card: number): number => card % 13;
const suitOf = (card: number): number => Math.floor(card / 13);

describe('the places of match-ups', () => {
  it('are 47,008, one after the other', () => {
    const places = [...matchUpExamples()].map(([a, b, c, d]) => matchUpPlace([a, b], [c, d]));
    expect(places).toHaveLength(47_008);
    expect(matchUpCount).toBe(47_008);
    expect(places.every(({ place, isMirrored }, index) => place === index && !isMirrored)).toBe(true);
  });

  it('are the same for all names of suits and orders of cards', () => {
    const hands = [
      [0, 13, 27, 40],
      [12, 25, 11, 24],
      [12, 11, 24, 23],
      [5, 18, 31, 44],
      [0, 7, 20, 33],
    ] as const;
    const shifts = [1, 2, 3].flatMap((by) => [by, -by]);
    for (const cards of hands) {
      const [a, b, c, d] = cards;
      const { place } = matchUpPlace([a, b], [c, d]);
      expect(matchUpPlace([b, a], [d, c]).place).toBe(place);
      expect(matchUpPlace([c, d], [b, a]).place).toBe(place);
      for (const by of shifts) {
        const [e = 0, f = 0, g = 0, h = 0] = cards.map(
          (card) => ((suitOf(card) + by + 4) % 4) * 13 + rankOf(card),
        );
        expect(matchUpPlace([e, f], [g, h]).place).toBe(place);
      }
      const swapped = cards.map((card) => ([1, 0, 2, 3][suitOf(card)] as number) * 13 + rankOf(card));
      expect(matchUpPlace(swapped.slice(0, 2), swapped.slice(2)).place).toBe(place);
    }
  });

  it('tell which way round a match-up is', () => {
    const [one, other] = [
      [12, 25],
      [24, 37],
    ];
    const there = matchUpPlace(one ?? [], other ?? []);
    const back = matchUpPlace(other ?? [], one ?? []);
    expect(back.place).toBe(there.place);
    expect(back.isMirrored).toBe(!there.isMirrored);
  });

  it('are 93,769 in order', () => {
    let inOrder = 0;
    for (const [a, b, c, d] of matchUpExamples()) {
      // One that is its own mirror counts once.
      inOrder += matchUpPlace([c, d], [a, b]).isMirrored ? 2 : 1;
    }
    expect(inOrder).toBe(93_769);
  });

  it('keep match-ups apart that suits make different', () => {
    const numberOf = (name: string): number => allCards.findIndex(({ rank, suit }) => rank + suit === name);
    const placeOf = (text: string): number => {
      const [a = 0, b = 0, c = 0, d = 0] = text.split(' ').map(numberOf);
      return matchUpPlace([a, b], [c, d]).place;
    };
    expect(placeOf('2c 2d Ah Kh')).not.toBe(placeOf('2c 2h Ah Kh'));
    expect(placeOf('7c 7d 8c 8d')).not.toBe(placeOf('7c 7d 8h 8s'));
  });

  it('are of four different cards', () => {
    expect(() => matchUpPlace([1, 1], [2, 3])).toThrow(RangeError);
    expect(() => matchUpPlace([1, 2], [2, 3])).toThrow(RangeError);
    expect(() => matchUpPlace([1, 52], [2, 3])).toThrow(RangeError);
    expect(() => matchUpPlace([1], [2, 3])).toThrow(RangeError);
  });
});
