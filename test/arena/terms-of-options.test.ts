import { expect, it } from 'vitest';
import { termsOfOptions } from '../../src/arena/terms-of-options.js';
import { OptionError } from '../../src/protocol/errors.js';

it('stacks of deals are refused for matches, which have those of their format', () => {
  const bots = ['random', 'random'];
  expect(termsOfOptions({ bots, deals: 1, stackBb: 50 }).terms.startingStack).toBe(5_000);
  expect(termsOfOptions({ bots, matches: 2 }).terms.pairs).toBe(1);
  expect(() => termsOfOptions({ bots, matches: 2, stackBb: 50 })).toThrow(OptionError);
});
