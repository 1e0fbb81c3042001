/** How much the values of pairs spread with luck taken off in several ways: whether a value function helps. */
import { meanEstimate, noValues, type ValueSums, withValue } from '../statistics/mean-interval.js';
import { type DuelVerdict, VerdictKeeper, type VerdictTerms } from '../statistics/verdict.js';
import type { BlockRecord } from './arena-record.js';
import type { LuckSpreads } from './arena-result.js';
import { leadByPair } from './pair-values.js';

/** @param terms of the verdict with all-ins alone adjusted. */
export function createLuckSpreads({ bigBlind, terms }: { bigBlind: number; terms: VerdictTerms }) {
  const keeper = new VerdictKeeper(terms);
  const sums = { adjustedChips: noValues, allInChips: noValues, netChips: noValues };
  return {
    add(block: BlockRecord, bot: number, against: number): void {
      for (const chips of ['adjustedChips', 'allInChips', 'netChips'] as const)
        sums[chips] = leadByPair(block, bot, against, { bigBlind, chips }).reduce(withValue, sums[chips]);
      for (const value of leadByPair(block, bot, against, { bigBlind, chips: 'allInChips' }))
        keeper.add(value);
    },
    result: (): LuckSpreads => ({
      luckFree: deviationOf(sums.adjustedChips),
      allIn: deviationOf(sums.allInChips),
      asPlayed: deviationOf(sums.netChips),
      allInWidth: widthOf(keeper.verdict()),
    }),
  };
}

/** Null where nothing is known yet, or no interval is kept. */
export const widthOf = ({ n, interval }: DuelVerdict): number | null =>
  n === 0 || interval === null ? null : interval.high - interval.low;

function deviationOf(sums: ValueSums): number | null {
  const { error } = meanEstimate(sums);
  return error === null ? null : error * Math.sqrt(sums.n);
}
