import { expect, it } from 'vitest';
import { ArenaDecks } from '../../src/arena/arena-deck.js';
import { cardOfNumber } from '../../src/holdem/card-numbers.js';

it('has the same cards at the same places, however many are taken, and whatever was dealt before', () => {
  const decks = new ArenaDecks('run');
  const before = decks.deck(7);
  for (const pair of [0, 7, 3]) decks.top(pair, 13);
  const top = [...decks.top(7, 9)].slice(0, 9).map(cardOfNumber);
  expect(before.cards.slice(0, 9)).toEqual(top);
  expect(new ArenaDecks('run').deck(7)).toEqual(before);
  expect(new Set(before.cards).size).toBe(52);
  expect(before.commitment).toMatch(/^[\da-f]{64}$/);
});

it('never deals the same cards twice in a run, nor in a run with a seed beside it', () => {
  const seen = new Set<string>();
  for (const seed of ['42', '43']) {
    const decks = new ArenaDecks(seed);
    for (let pair = 0; pair < 20_000; pair += 1) seen.add(decks.top(pair, 9).slice(0, 9).join(' '));
  }
  expect(seen.size).toBe(40_000);
});

it('each card comes first as often as any other', () => {
  const decks = new ArenaDecks('even');
  const counts = new Uint32Array(52);
  const deals = 52_000;
  for (let pair = 0; pair < deals; pair += 1) {
    const at = decks.top(pair, 1)[0] as number;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
  // With 51 degrees of freedom 99.9 % are below 87.97.
  expect(chiSquare).toBeLessThan(87.97);
});
