import { describe, expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import { VerdictKeeper } from '../../src/statistics/verdict.js';
import { verdictWords } from '../../src/statistics/verdict-words.js';

const names = { a: 'old', b: 'new' };

/** Values of two points, the higher one so often. */
function coin(seed: string, high: number, low: number, share: number): () => number {
  const next = createUint32Stream(seed);
  return () => (next() / 2 ** 32 < share ? high : low);
}

describe('a verdict', () => {
  it('finds the better bot, and stays', () => {
    const keeper = new VerdictKeeper({ values: 'deals', boundBb: 100 });
    const next = coin('better', 5, -5, 0.6);
    while (keeper.outcome === 'undecided' && keeper.n < 20_000) keeper.add(next());
    const { n, outcome, interval, mean } = keeper.verdict();
    expect(outcome).toBe('better');
    expect(n).toBeLessThan(6000);
    expect(interval?.low).toBeGreaterThanOrEqual(0);
    expect(interval?.high).toBeGreaterThan(100);
    expect(mean).toBeGreaterThan(50);
    for (let more = 0; more < 100; more += 1) keeper.add(-5);
    expect(keeper.verdict().outcome).toBe('better');
    expect(verdictWords(keeper.verdict(), names)).toMatch(
      /^new is better than old by \d+\.\d bb\/100 so far/,
    );
  });
});
