import { describe, expect, it } from 'vitest';
import { playSequences } from './sequences.js';

// sequences.long.test.ts plays more of them.
const seeds = [1, 2, 3, 4, 5];
const sequencesPerSeed = 7;

describe('agents and their platform, whatever happens next', () => {
  it.each(seeds)('keep every rule (seed %i)', async (seed) => {
    const { sequences, told } = await playSequences({ seed, runs: sequencesPerSeed });
    expect(sequences).toBe(sequencesPerSeed);
    expect(told.get('turn.answered')).toBeGreaterThan(0);
  });
});
