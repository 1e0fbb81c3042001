/** Who gets what at the end of a hand: uncalled bets, side pots, shares and odd chips (docs/protocol.md 6). */
import type { Payout, Pot } from './facts.js';

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

interface ContendedPot {
  amount: number;
  contenders: readonly Stake[];
}

/** Settles a hand. At least one stake has not folded. */
export function settle(
  stakes: readonly Stake[],
  { dead = 0, oddChipsFrom = 0 }: SettleOptions = {},
): Settlement {
  const uncalled = uncalledBet(stakes);
  const pots = withDead(sidePots(withoutUncalled(stakes, uncalled)), dead, stakes).map(
    ({ amount, contenders }): Pot => ({
      amount,
      eligible: contenders.map(({ seat }) => seat),
      winners: shares(amount, winnersOf(contenders), oddChipsFrom),
    }),
  );
  const won = wonBySeat(pots);
  return {
    pots,
    uncalled,
    winners: stakes.flatMap(({ seat }) => (won.has(seat) ? [seat] : [])),
    pot: sum(stakes.map((stake) => stake.committed)) + dead,
    payouts: stakes.flatMap(({ seat }) => {
      const amount = (won.get(seat) ?? 0) + (seat === uncalled?.seat ? uncalled.amount : 0);
      return amount > 0 ? [{ seat, amount }] : [];
    }),
  };
}

function wonBySeat(pots: readonly Pot[]): Map<number, number> {
  const won = new Map<number, number>();
  for (const { winners } of pots) {
    for (const { seat, amount } of winners) won.set(seat, (won.get(seat) ?? 0) + amount);
  }
  return won;
}

/** The part of the deepest stake that no other stake reaches. */
function uncalledBet(stakes: readonly Stake[]): Payout | null {
  const [deepest, next] = stakes.toSorted((a, b) => b.committed - a.committed);
  if (deepest === undefined || deepest.folded) return null;
  const amount = deepest.committed - (next?.committed ?? 0);
  return amount > 0 ? { seat: deepest.seat, amount } : null;
}

function withoutUncalled(stakes: readonly Stake[], uncalled: Payout | null): readonly Stake[] {
  if (uncalled === null) return stakes;
  return stakes.map((stake) =>
    stake.seat === uncalled.seat ? { ...stake, committed: stake.committed - uncalled.amount } : stake,
  );
}

/** One pot per depth that a contender reached. What folded seats put in beyond the deepest joins the last pot. */
function sidePots(stakes: readonly Stake[]): ContendedPot[] {
  const live = stakes.filter((stake) => !stake.folded && stake.committed > 0);
  const depths = [...new Set(live.map((stake) => stake.committed))].toSorted((a, b) => a - b);
  return depths.map((depth, index) => {
    const floor = depths[index - 1] ?? 0;
    const ceiling = index === depths.length - 1 ? Number.POSITIVE_INFINITY : depth;
    const layer = stakes.map(({ committed }) => Math.max(0, Math.min(committed, ceiling) - floor));
    return { amount: sum(layer), contenders: live.filter((stake) => stake.committed >= depth) };
  });
}

/** Dead chips are for everybody who is in: part of the main pot, if all of them contend for that. */
function withDead(
  pots: readonly ContendedPot[],
  dead: number,
  stakes: readonly Stake[],
): readonly ContendedPot[] {
  if (dead === 0) return pots;
  const live = stakes.filter((stake) => !stake.folded);
  const [main, ...others] = pots;
  if (main?.contenders.length !== live.length) return [{ amount: dead, contenders: live }, ...pots];
  return [{ ...main, amount: main.amount + dead }, ...others];
}

function winnersOf(contenders: readonly Stake[]): number[] {
  const best = Math.max(...contenders.map((stake) => stake.strength));
  return contenders.filter((stake) => stake.strength === best).map((stake) => stake.seat);
}

/** Equal shares, in seat order; odd chips go one by one to the seats from `first` on, clockwise. */
function shares(amount: number, winners: readonly number[], first: number): Payout[] {
  const share = Math.floor(amount / winners.length);
  const inTurn = [...winners.filter((seat) => seat >= first), ...winners.filter((seat) => seat < first)];
  const lucky = new Set(inTurn.slice(0, amount % winners.length));
  return winners.map((seat) => ({ seat, amount: lucky.has(seat) ? share + 1 : share }));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
