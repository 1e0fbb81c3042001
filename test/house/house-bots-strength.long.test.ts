/** Who beats whom. Every deal is played twice with the seats changed, so that the cards favour nobody. */
import { describe, expect, it } from 'vitest';
import { type DuelOptions, duel } from '../../bench/house-strength.js';
import { type HouseBotName, houseBotNames } from '../../src/house/house-bot-names.js';

type Pair = [weaker: HouseBotName, stronger: HouseBotName, terms: Omit<DuelOptions, 'bots'>];

/** Half the width of the 99 % confidence interval is so many standard errors. */
const certainty = 2.58;

const deep = { stack: 100, deals: 400, maxSamples: 200 };

describe('the house bots', () => {
  it.each<Pair>([
    ['calling-station', 'tight-aggressive', deep],
    ['random', 'tight-aggressive', deep],
    ['calling-station', 'equity', deep],
    ['random', 'equity', deep],
    // Both are blind to their cards, so that chance weighs most. What random gives away is the same with short stacks.
    ['random', 'calling-station', { stack: 10, deals: 12_000 }],
    ['tight-aggressive', 'equity', { stack: 100, deals: 3_000, maxSamples: 100 }],
  ])('%s loses to %s beyond chance, and is listed before it', { timeout: 60_000 }, async (...pair) => {
    const [weaker, stronger, terms] = pair;
    const { rate, standardError } = await duel({ bots: [weaker, stronger], ...terms });
    expect(rate + certainty * standardError).toBeLessThan(0);
    expect(houseBotNames.indexOf(weaker)).toBeLessThan(houseBotNames.indexOf(stronger));
  });

  it('are listed from the weakest on', () => {
    expect(houseBotNames).toEqual(['random', 'calling-station', 'tight-aggressive', 'equity']);
  });
});
