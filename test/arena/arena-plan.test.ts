import { expect, it } from 'vitest';
import { blockPlaces } from '../../src/arena/arena-plan.js';
import { pairingsOf } from '../../src/arena/terms-of-options.js';
import { houseTerms } from './arena-kit.js';

const four = (pool: 'gauntlet' | 'round-robin') =>
  houseTerms(['random', 'random', 'random', 'random'], {
    pairings: pairingsOf(4, pool),
    pairs: 2_300,
    pairsPerBlock: 100,
  });

it('a gauntlet of four bots has three pairings, a round robin six, a table one', () => {
  expect(pairingsOf(4, 'gauntlet')).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
  expect(pairingsOf(4, 'round-robin')).toHaveLength(6);
  expect(pairingsOf(4)).toEqual([[0, 1, 2, 3]]);
});

it.each(['gauntlet', 'round-robin'] as const)(
  'every block of a %s is played once, and pairings keep level',
  (pool) => {
    const terms = four(pool);
    const places = [
      ...blockPlaces(
        terms,
        terms.pairings.map(() => 0),
      ),
    ];
    const keys = places.map(({ pairing, block }) => `${pairing}:${block}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(terms.pairings.length * 23);
    for (let at = 1; at <= places.length; at += 1) {
      const counts = terms.pairings.map(
        (_, pairing) => places.slice(0, at).filter((place) => place.pairing === pairing).length,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(10);
    }
  },
);

it('goes on where a run was, in the same order', () => {
  const terms = four('gauntlet');
  const all = [...blockPlaces(terms, [0, 0, 0])];
  const rest = [...blockPlaces(terms, [10, 7, 0])];
  expect(rest).toEqual(all.slice(17));
});

it.each([1, 7, 100, 1_000])(
  'pairings take turns after a thousand deals, in matches of %i',
  (pairsPerBlock) => {
    const terms = { ...four('gauntlet'), pairs: 3_000, pairsPerBlock };
    const inARow: number[] = [];
    let last = -1;
    for (const { pairing, block } of blockPlaces(terms, [0, 0, 0])) {
      if (pairing !== last) inARow.push(0);
      last = pairing;
      inARow.push((inARow.pop() ?? 0) + Math.min(pairsPerBlock, terms.pairs - block * pairsPerBlock));
    }
    const most = Math.ceil(1_000 / pairsPerBlock) * pairsPerBlock;
    expect(inARow.slice(0, 3)).toEqual([most, most, most]);
    expect(Math.max(...inARow)).toBe(most);
  },
);
