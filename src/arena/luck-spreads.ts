/** How much the values of pairs spread with luck taken off in several ways: whether a value function helps. */
import { meanEstimate, noValues, type ValueSums, withValue } from '../statistics/mean-interval.js';
import type { BlockRecord } from './arena-record.js';
import type { LuckSpreads } from './arena-result.js';
import { leadByPair } from './pair-values.js';

/** @param bigBlind chips. */
export function createLuckSpreads(bigBlind: number) {
  const sums = { adjustedChips: noValues, allInChips: noValues, netChips: noValues };
  return {
    add(block: BlockRecord, bot: number, against: number): void {
      for (const chips of ['adjustedChips', 'allInChips', 'netChips'] as const)
        sums[chips] = leadByPair(block, bot, against, { bigBlind, chips }).reduce(withValue, sums[chips]);
    },
    result: (): LuckSpreads => ({
      luckFree: deviationOf(sums.adjustedChips),
      allIn: deviationOf(sums.allInChips),
      asPlayed: deviationOf(sums.netChips),
    }),
  };
}

function deviationOf(sums: ValueSums): number | null {
  const { error } = meanEstimate(sums);
  return error === null ? null : error * Math.sqrt(sums.n);
}
