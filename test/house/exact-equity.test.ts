import { getCardCodes } from '@pokertools/evaluator';
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { createSampler } from '../../src/house/equity.js';
import { exactEquity } from '../../src/house/exact-equity.js';
import { bestHoldings, type Holding } from '../../src/house/holdings.js';
import type { Foe } from '../../src/house/spot.js';

const codes = (text: string): number[] => (text === '' ? [] : getCardCodes(text.split(' ')));
const spotOf = (hole: string, board: string, ...foes: Foe[]) => ({
  hole: codes(hole) as unknown as Holding,
  board: codes(board),
  foes,
});

describe('an equity that is counted', () => {
  it.each([
    ['before the flop', 'Ah Kd', '', { holdings: bestHoldings(0.3) }],
    ['of a pair against the best hands', '7h 7c', '', { holdings: bestHoldings(0.05) }],
    ['of suited cards against any', '9s 8s', '', { holdings: bestHoldings(1) }],
    ['on the river', 'Ah Kd', 'Kc 9s 4h 4d 2c', { holdings: bestHoldings(0.5) }],
    [
      'on the river after two bets',
      'Ah Kd',
      'Kc 9s 4h 4d 2c',
      { holdings: bestHoldings(0.5), picks: 2, pickiness: 0.6 },
    ],
    ['of a board that many share', 'Ah 3d', 'Ac Kc Qh Jd Ts', { holdings: bestHoldings(1), picks: 1 }],
    [
      'of a flush on the river',
      'Ah 3h',
      'Kh 9h 4h 4d 2c',
      { holdings: bestHoldings(1), picks: 1, pickiness: 0.5 },
    ],
  ])('is what many deals come to: %s', (_, hole, board, foe) => {
    const spot = spotOf(hole, board, foe);
    const sampler = createSampler(spot, new FastRandom('many'));
    sampler.deal(40_000);
    // Four deviations of so many deals, none of which has more than one half.
    expect(Math.abs((exactEquity(spot) ?? -1) - sampler.equity)).toBeLessThan((4 * 0.5) / Math.sqrt(40_000));
  });

  it('is the same for hands that are alike up to suits', () => {
    const foe = { holdings: bestHoldings(0.37) };
    expect(exactEquity(spotOf('Ad Kh', '', foe))).toBe(exactEquity(spotOf('Kc As', '', foe)));
  });

  it('is not there on the flop, nor against two', () => {
    const foe = { holdings: bestHoldings(0.5) };
    expect(exactEquity(spotOf('Ah Kd', 'Kc 9s 4h', foe))).toBe(null);
    expect(exactEquity(spotOf('Ah Kd', '', foe, foe))).toBe(null);
    expect(exactEquity(spotOf('Ah Kd', '', { holdings: [[0, 1]] }))).toBe(null);
  });
});
