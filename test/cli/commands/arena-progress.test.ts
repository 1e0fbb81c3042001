import { describe, expect, it } from 'vitest';
import { createRunTally } from '../../../src/arena/run-tally.js';
import { arenaProgress } from '../../../src/cli/commands/arena-progress.js';
import { blockOf, houseTerms } from '../../arena/arena-kit.js';

/** After so many deals that were won in turn by these numbers of big blinds. */
function progressAfter(
  bb: readonly number[],
  deals: number,
  endsByVerdict: boolean,
  elapsedMs = 10_000,
): string {
  const tally = createRunTally(houseTerms(['random', 'random'], { pairs: 1_000_000 }));
  const chips = Array.from({ length: deals }, (_, at) => (bb[at % bb.length] ?? 0) * 100);
  tally.add(blockOf([chips, chips]));
  return arenaProgress(tally.result(null, elapsedMs), endsByVerdict);
}

describe('the line of progress', () => {
  it('says deals, rate, what is known, and the time that is left of a number of deals', () => {
    expect(progressAfter([3, -2], 2_000, false)).toMatch(
      /^2,000 deals, 200\/s, \+50\.0 bb\/100 \([−+][\d.]+ to \+[\d.]+\), about 83 min left$/,
    );
  });

  it('says a range where a verdict ends it, and that it cannot say where nothing is seen yet', () => {
    expect(progressAfter([3, -2], 2_000, true)).toMatch(
      /, \d+ (s|min)( to \d+ (s|min))? left$|about \d+ (s|min) left$/,
    );
    expect(progressAfter([3, -3], 2_000, true)).toMatch(/cannot say how much is left$/);
  });

  it('says so before anything is known', () => {
    const { result } = createRunTally(houseTerms(['random', 'random']));
    expect(arenaProgress(result(null, 0), false)).toBe(
      '0 deals, 0/s, nothing known, cannot say how much is left',
    );
  });

  it('counts what is decided where there are many pairings', () => {
    const { result } = createRunTally(
      houseTerms(['random', 'random', 'random'], {
        pairings: [
          [0, 1],
          [0, 2],
        ],
      }),
    );
    expect(arenaProgress(result(null, 10), true)).toContain('0 of 2 decided');
  });
});
