/** Who beats whom. Every deal is played twice with the seats changed, so that the cards favour nobody. */
import { expect, it } from 'vitest';
import { duels } from '../../bench/house-strength.js';
import { type HouseBotName, houseBotNames } from '../../src/house/house-bot-names.js';

/** Half the width of the 99.9 % confidence interval is so many standard errors. */
const certainty = 3.29;

const deals = 1_000;

/** Each of these beats the bot behind it, which is stronger against the others. */
const exceptions: readonly (readonly [HouseBotName, HouseBotName])[] = [
  ['nit', 'maniac'],
  ['folder', 'equity'],
];

const isException = (weaker: string, stronger: string) =>
  exceptions.some(([first, second]) => first === weaker && second === stronger);

it('house bots are listed from the weakest on', { timeout: 300_000 }, async () => {
  const played = await duels(houseBotNames, { deals, stack: 100 });
  expect(played).toHaveLength((houseBotNames.length * (houseBotNames.length - 1)) / 2);
  let decided = 0;
  for (const { bots, rate, standardError, corrected } of played) {
    const [later, earlier] = bots;
    expect(corrected).toBe(0);
    if (Math.abs(rate) < certainty * standardError) continue;
    decided += 1;
    expect({ bots, isBeaten: rate < 0 }).toEqual({ bots, isBeaten: isException(earlier, later) });
  }
  expect(decided).toBeGreaterThan(18);
});

it('random loses half a big blind with every third small blind, to a calling station, too', async () => {
  const [played] = await duels(['random', 'calling-station'], { deals: 12_000, stack: 10 });
  expect(played?.rate).toBeGreaterThan(0);
  expect(played?.rate).toBeGreaterThan(2.58 * (played?.standardError ?? Number.NaN));
});
