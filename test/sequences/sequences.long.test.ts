import { expect, it } from 'vitest';
import { playSequences } from './sequences.js';

it.each([6, 7, 8, 9, 10])('agents and their platform keep every rule (seed %i)', async (seed) => {
  const { sequences, told } = await playSequences({ seed, runs: 25 });
  expect(sequences).toBe(25);
  expect(told.get('turn.answered')).toBeGreaterThan(0);
});
