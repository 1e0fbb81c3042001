/** Who gets what at the end of a hand: uncalled bets, side pots, shares and odd chips (docs/protocol.md 6). */
import { chipsAt, sumOf } from './chip-lists.js';
import type { Payout, Pot } from './facts.js';
import { SettlementCore } from './settlement-core.js';

/** What one seat brings to the end of a hand. */
export interface Stake {
  seat: number;
  /** Chips put in during this hand, but for dead ones. */
  committed: number;
  folded: boolean;
  /** Higher wins; looked at only when two seats or more contend for the same pot. */
  strength: number;
}

export interface SettleOptions {
  /** Chips of the main pot that nobody had to match. Default: 0. */
  dead?: number;
  /** Odd chips go to the winners from this seat on, clockwise. Default: 0. */
  oddChipsFrom?: number;
}

export interface Settlement {
  /** The main pot first. */
  pots: Pot[];
  /** The part of the deepest stake that nobody called; null when there is none. */
  uncalled: Payout | null;
  /** Seats that won a pot, alone or shared; not one that only got back what nobody called. In seat order. */
  winners: number[];
  /** All chips put in during this hand. */
  pot: number;
  /** In seat order, uncalled chips included; the amounts add up to `pot`. */
  payouts: Payout[];
}

/** Settles a hand. At least one stake has not folded. */
export function settle(
  stakes: readonly Stake[],
  { dead = 0, oddChipsFrom = 0 }: SettleOptions = {},
): Settlement {
  const most = sumOf(stakes.map(({ committed }) => committed)) + dead;
  const core = new SettlementCore(stakes.length, most);
  for (const [index, { committed, folded, strength }] of stakes.entries()) {
    core.committed[index] = committed;
    core.folded[index] = folded ? 1 : 0;
    core.strengths[index] = strength;
  }
  core.settle(
    dead,
    Math.max(
      0,
      stakes.findIndex(({ seat }) => seat >= oddChipsFrom),
    ),
  );
  return settledBy(
    core,
    dead,
    stakes.map(({ seat }) => seat),
  );
}

/**
 * What came of it, as facts.
 *
 * @param seats the numbers of its seats, in their order. Default: from 0 on.
 */
export function settledBy(core: SettlementCore, dead: number, seats?: readonly number[]): Settlement {
  const numberOf = (index: number): number => seats?.[index] ?? index;
  const pots: Pot[] = [];
  let winning = 0;
  for (let pot = 0; pot < core.potCount; pot += 1) {
    const winners: Payout[] = [];
    const eligible: number[] = [];
    for (let index = 0; index < core.seatCount; index += 1) {
      const bit = 1 << index;
      if ((chipsAt(core.potEligible, pot) & bit) !== 0) eligible.push(numberOf(index));
      if ((chipsAt(core.potWinners, pot) & bit) !== 0)
        winners.push({
          seat: numberOf(index),
          amount: chipsAt(core.potShares, pot * core.seatCount + index),
        });
    }
    winning |= chipsAt(core.potWinners, pot);
    pots.push({ amount: chipsAt(core.potAmounts, pot), eligible, winners });
  }
  const winners: number[] = [];
  const payouts: Payout[] = [];
  let all = dead;
  for (let index = 0; index < core.seatCount; index += 1) {
    all += chipsAt(core.committed, index);
    if ((winning & (1 << index)) !== 0) winners.push(numberOf(index));
    const amount = chipsAt(core.won, index) + (index === core.uncalledSeat ? core.uncalled : 0);
    if (amount > 0) payouts.push({ seat: numberOf(index), amount });
  }
  const uncalled =
    core.uncalledSeat === -1 ? null : { seat: numberOf(core.uncalledSeat), amount: core.uncalled };
  return { pots, uncalled, winners, pot: all, payouts };
}
