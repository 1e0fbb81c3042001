import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, createUint32Stream, drawBelow } from '../../src/chance/random.js';
import { formatCard, parseCards } from '../../src/holdem/card.js';
import { createDeck, deckCommitment, deckSeed, shuffledDeck } from '../../src/holdem/deck.js';
import { createTable } from '../../src/holdem/table.js';

const allNames = '23456789TJQKA'.split('').flatMap((rank) => 'cdhs'.split('').map((suit) => rank + suit));

describe('the deck', () => {
  it('holds each of the 52 cards once, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(shuffledDeck(seed).map(formatCard).toSorted()).toEqual(allNames.toSorted());
      }),
    );
  });

  it('is the same for the same seed and another for another match or hand', () => {
    const seeds = [
      deckSeed('a', 1),
      deckSeed('a', 2),
      deckSeed('b', 1),
      deckSeed('a1', 1),
      deckSeed('a', 11),
    ];
    const decks = seeds.map((seed) => shuffledDeck(seed).map(formatCard).join(''));
    expect(new Set(decks).size).toBe(seeds.length);
    expect(seeds.map((seed) => shuffledDeck(seed).map(formatCard).join(''))).toEqual(decks);
    expect(seeds.every((seed) => /^[0-9a-f]{64}$/.test(seed))).toBe(true);
  });

  it('is shuffled without a favourite place for any card', () => {
    const rounds = 20_000;
    const counts = new Map<string, number>();
    for (let hand = 0; hand < rounds; hand += 1) {
      const deck = shuffledDeck(`fair-${hand}`);
      for (const place of [0, 1, 25, 50, 51]) {
        const key = `${place} ${formatCard(deck[place]!)}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const expected = rounds / 52;
    const chiSquare = (place: number) =>
      allNames
        .map((card) => ((counts.get(`${place} ${card}`) ?? 0) - expected) ** 2 / expected)
        .reduce((total, part) => total + part, 0);
    // 51 degrees of freedom: a fair shuffle stays below 110 but for one seed in a million.
    expect([0, 1, 25, 50, 51].filter((place) => chiSquare(place) > 110)).toEqual([]);
  });

  it('is committed to by the hash of its seed and its cards', () => {
    const seed = deckSeed('match', 7);
    const cards = shuffledDeck(seed);
    expect(deckCommitment(seed, cards)).toBe(
      createHash('sha256')
        .update(seed + cards.map(formatCard).join(''))
        .digest('hex'),
    );
    expect(deckCommitment(seed, cards.toReversed())).not.toBe(deckCommitment(seed, cards));
  });
});

describe('a deck with chosen cards', () => {
  it('has them on top and the others behind in the order of the seed', () => {
    const { cards, commitment } = createDeck('seed', ['Ah', '2c']);
    expect(cards.map(formatCard)).toEqual([
      'Ah',
      '2c',
      ...shuffledDeck('seed')
        .map(formatCard)
        .filter((card) => card !== 'Ah' && card !== '2c'),
    ]);
    expect(commitment).toBe(deckCommitment('seed', cards));
  });

  it('without any is the deck of the seed', () => {
    expect(createDeck('seed').cards).toEqual(shuffledDeck('seed'));
  });

  it.each([[['Ah', 'Ah']], [['1h']], [['']], [[...allNames, 'Ah']]])('refuses %j', (top) => {
    expect(() => createDeck('seed', top)).toThrow(RangeError);
  });

  it('is dealt by the table, hand by hand', () => {
    const table = createTable({
      seats: 2,
      startingStack: 100,
      smallBlind: 5,
      bigBlind: 10,
      seed: 'seed',
      deckFor: (hand) => (hand === 2 ? 'Ah Kh Ad Kd 2c 3c 4c 5c 6c'.split(' ') : undefined),
    });
    table.startHand();
    table.act({ action: 'fold' });
    const [started] = table.startHand();
    // Seat 1 deals the second hand, so that seat 0 gets the first card.
    expect(started).toMatchObject({ holeCards: [parseCards('Ah Ad'), parseCards('Kh Kd')] });
    table.act({ action: 'call' });
    table.act({ action: 'check' });
    expect(table.turn?.board).toEqual(parseCards('2c 3c 4c'));
  });

  it('that cannot be dealt starts no hand', () => {
    const options = { seats: 2, startingStack: 100, smallBlind: 5, bigBlind: 10, seed: 'seed' };
    const table = createTable({ ...options, deckFor: () => ['Ah', 'Ah'] });
    expect(() => table.startHand()).toThrow(RangeError);
    expect([table.hand, table.turn]).toEqual([0, null]);
  });

  it.each(['Ah Kd', null])('that is no list of cards but %j starts no hand', (top) => {
    const options = { seats: 2, startingStack: 100, smallBlind: 5, bigBlind: 10, seed: 'seed' };
    const table = createTable({ ...options, deckFor: () => JSON.parse(JSON.stringify(top)) });
    expect(() => table.startHand()).toThrow(RangeError);
    expect(() => table.startHand()).toThrow('Option `deckFor` must return a list of cards');
    expect([table.hand, table.turn]).toEqual([0, null]);
  });
});

describe('seeded randomness', () => {
  it('throws away draws that would favour small numbers', () => {
    const draws = [2 ** 32 - 1, 2 ** 32 - 4, 41];
    const next = () => draws.shift() ?? 0;
    // 2^32 is 4 more than a multiple of 6: its last four values would make 0 to 3 likelier than 4 and 5.
    expect(drawBelow(6, next)).toBe(41 % 6);
    expect(draws).toEqual([]);
  });

  it('gives numbers from 0 to below 1, the same for the same seed', () => {
    const [a, b, c] = ['x', 'x', 'y'].map((seed) => {
      const random = createRandom(seed);
      return Array.from({ length: 2000 }, random);
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a!.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = a!.reduce((total, value) => total + value, 0) / a!.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });

  it('has a stream that does not repeat within its blocks', () => {
    const next = createUint32Stream('stream');
    expect(new Set(Array.from({ length: 1000 }, next)).size).toBe(1000);
  });
});
