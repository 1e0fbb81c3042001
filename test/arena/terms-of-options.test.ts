import { expect, it } from 'vitest';
import { termsOfOptions } from '../../src/arena/terms-of-options.js';
import { OptionError } from '../../src/protocol/errors.js';

it('stacks of deals are refused for matches, which have those of their format', () => {
  const bots = ['random', 'random'];
  expect(termsOfOptions({ bots, deals: 1, stackBb: 50 }).terms.startingStack).toBe(5_000);
  expect(termsOfOptions({ bots, matches: 2 }).terms.pairs).toBe(1);
  expect(() => termsOfOptions({ bots, matches: 2, stackBb: 50 })).toThrow(OptionError);
});

it('deals are a match to a bot by the hundred, or as many as are asked for, within bounds', () => {
  const bots = ['random', 'random'];
  const perBlock = (dealsPerMatch?: number): number =>
    termsOfOptions({ bots, deals: 1, ...(dealsPerMatch !== undefined && { dealsPerMatch }) }).terms
      .pairsPerBlock;
  expect([undefined, 1, 7, 1_000].map(perBlock)).toEqual([100, 1, 7, 1_000]);
  for (const wrong of [0, 1_001, 1.5, Number.NaN, '7' as never])
    expect(() => perBlock(wrong)).toThrow('Option dealsPerMatch must be a whole number from 1 to 1000.');
  expect(() => termsOfOptions({ bots, matches: 2, dealsPerMatch: 10 })).toThrow(
    /leave dealsPerMatch out, or play deals/,
  );
});
