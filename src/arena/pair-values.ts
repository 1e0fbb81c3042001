/** Blocks as the numbers that means, intervals and verdicts are made of: one of each pair, in the order of the pairs. */
import type { BlockRecord } from './arena-record.js';

export interface ValuesOf {
  /** Chips. */
  bigBlind: number;
  /** Without the luck that the terms take off, or that of all-ins alone, where that was counted. Default: as it was won. */
  chips?: 'adjustedChips' | 'allInChips' | 'netChips';
}

/** What a bot of the pairing won a hand in each pair, in big blinds. */
export function bigBlindsByPair(
  block: BlockRecord,
  bot: number,
  { bigBlind, chips: which = 'netChips' }: ValuesOf,
): number[] {
  const chips = block[which] ?? block.netChips;
  return eachPair(block, (pair) => {
    let won = 0;
    let hands = 0;
    for (const [leg, byBot] of chips.entries()) {
      won += byBot[bot]?.[pair] ?? 0;
      hands += block.hands[leg]?.[pair] ?? 0;
    }
    return hands === 0 ? 0 : withoutRest(won) / (hands * bigBlind);
  });
}

/** Legs that cancel out leave a rest of a sum of fractions, by which pairs that are alike would differ. */
const withoutRest = (chips: number): number => Math.round(chips * 1e6) / 1e6 + 0;

/** How much more than another bot it won a hand; at a table of two that is what it won. */
export function leadByPair(block: BlockRecord, bot: number, against: number, how: ValuesOf): number[] {
  const won = bigBlindsByPair(block, bot, how);
  if (block.netChips.length === 2) return won;
  const others = bigBlindsByPair(block, against, how);
  return won.map((value, pair) => value - (others[pair] ?? 0));
}

/** The most that `leadByPair` can be, in big blinds. */
export const mostLead = (bots: number, stackBb: number): number => (bots === 2 ? stackBb : bots * stackBb);

/** The share of the matches of each pair in which a bot came in before another one; level counts one half. */
export function scoresByPair(block: BlockRecord, bot: number, against: number): number[] {
  return eachPair(block, (pair) => {
    let score = 0;
    for (const byBot of block.netChips) {
      const ahead = Math.sign((byBot[bot]?.[pair] ?? 0) - (byBot[against]?.[pair] ?? 0));
      score += (1 + ahead) / 2;
    }
    return score / block.netChips.length;
  });
}

const eachPair = (block: BlockRecord, valueOf: (pair: number) => number): number[] =>
  Array.from({ length: block.pairs }, (_, pair) => valueOf(pair));
