/** Who gets what at the end of a hand: uncalled bets, side pots, shares and odd chips (docs/protocol.md 6). */

/** What one seat brings to the end of a hand. */
export interface Stake {
  seat: number;
  /** All chips put in during this hand, antes included. */
  committed: number;
  folded: boolean;
  /** Higher wins; looked at only when two seats or more contend for the same pot. */
  strength: number;
}

interface Settlement {
  /** What was played for: all chips put in, without the uncalled part. */
  pot: number;
  /** The part of a bet that nobody called. */
  returned: { seat: number; amount: number } | null;
  /** In seat order; the amounts add up to `pot`. */
  payouts: { seat: number; amount: number }[];
}

/** Settles a hand. At least one stake has not folded. */
export function settle(stakes: readonly Stake[]): Settlement {
  const returned = uncalledBet(stakes);
  const played = stakes.map((stake) =>
    stake.seat === returned?.seat ? { ...stake, committed: stake.committed - returned.amount } : stake,
  );
  const won = new Map<number, number>();
  for (const { amount, contenders } of sidePots(played)) {
    for (const [seat, share] of shares(amount, winnersOf(contenders))) {
      won.set(seat, (won.get(seat) ?? 0) + share);
    }
  }
  return {
    pot: sum(played.map((stake) => stake.committed)),
    returned,
    payouts: stakes.flatMap(({ seat }) => {
      const amount = won.get(seat) ?? 0;
      return amount > 0 ? [{ seat, amount }] : [];
    }),
  };
}

function uncalledBet(stakes: readonly Stake[]): Settlement['returned'] {
  const [first, second] = stakes.toSorted((a, b) => b.committed - a.committed);
  if (first === undefined || first.folded) return null;
  const amount = first.committed - (second?.committed ?? 0);
  return amount > 0 ? { seat: first.seat, amount } : null;
}

/** One pot per depth that a contender reached. What folded seats put in beyond the deepest joins the last pot. */
function sidePots(stakes: readonly Stake[]): { amount: number; contenders: Stake[] }[] {
  const live = stakes.filter((stake) => !stake.folded);
  const depths = [...new Set(live.map((stake) => stake.committed))].toSorted((a, b) => a - b);
  return depths.map((depth, index) => {
    const floor = depths[index - 1] ?? 0;
    const ceiling = index === depths.length - 1 ? Number.POSITIVE_INFINITY : depth;
    const layer = stakes.map(({ committed }) => Math.max(0, Math.min(committed, ceiling) - floor));
    return { amount: sum(layer), contenders: live.filter((stake) => stake.committed >= depth) };
  });
}

function winnersOf(contenders: readonly Stake[]): number[] {
  const best = Math.max(...contenders.map((stake) => stake.strength));
  return contenders
    .filter((stake) => stake.strength === best)
    .map((stake) => stake.seat)
    .toSorted((a, b) => a - b);
}

/** Equal shares; odd chips go one by one to the earliest seats. */
function shares(amount: number, winners: readonly number[]): [seat: number, share: number][] {
  const share = Math.floor(amount / winners.length);
  const odd = amount % winners.length;
  return winners.map((seat, index) => [seat, index < odd ? share + 1 : share]);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
