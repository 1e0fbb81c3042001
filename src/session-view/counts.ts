/** What is counted of matches, every field of it in one place. */
import type { MatchCounts } from '../protocol/results.js';

export const noCounts: Readonly<MatchCounts> = {
  hands: 0,
  turns: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
};

/** One more of these. */
export function oneMore(counts: Readonly<MatchCounts>, what: keyof MatchCounts): MatchCounts {
  return { ...counts, [what]: counts[what] + 1 };
}

/** The counts of whatever has them among other things, such as a result. */
export function countsIn(holder: Readonly<MatchCounts>): MatchCounts {
  const { hands, turns, fallbacks, corrections, rejections, timeouts, resumes } = holder;
  return { hands, turns, fallbacks, corrections, rejections, timeouts, resumes };
}

export function sumOfCounts(all: readonly Readonly<MatchCounts>[]): MatchCounts {
  const sum = { ...noCounts };
  for (const counts of all) for (const name of countNames) sum[name] += counts[name];
  return sum;
}

const countNames = Object.keys(noCounts) as (keyof MatchCounts)[];
