import { expect, it } from 'vitest';
import { arenaSeed } from '../../src/arena/arena-seeds.js';

it('two runs share no deck, however near their seeds are', () => {
  const decks = (seed: string) => Array.from({ length: 1_000 }, (_, pair) => arenaSeed(seed, 'deck', pair));
  const both = [...decks('42'), ...decks('43'), ...decks('4'), ...decks('4,2')];
  expect(new Set(both).size).toBe(4_000);
});

it('each use has numbers of its own', () => {
  const seeds = [
    arenaSeed('a', 'deck', 1),
    arenaSeed('a', 'seat', 1),
    arenaSeed('a', 'seat', 1, 0),
    arenaSeed('a', 'seat', 11),
    arenaSeed('a', 'seat', 1, 1),
    arenaSeed('a,"seat"', 'seat', 1, 1),
  ];
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(seeds[0]).toMatch(/^[\da-f]{64}$/);
});
