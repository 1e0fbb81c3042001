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

export interface Settlement {
  /** Seats that won a pot, alone or shared; not one that only got back what nobody called. In seat order. */
  winners: number[];
  /** All chips put in during this hand. */
  pot: number;
  /** In seat order, uncalled chips included; the amounts add up to `pot`. */
  payouts: { seat: number; amount: number }[];
}

/** Settles a hand. At least one stake has not folded. */
export function settle(stakes: readonly Stake[]): Settlement {
  const uncalled = uncalledBet(stakes);
  const called = stakes.map((stake) =>
    stake === uncalled.stake ? { ...stake, committed: stake.committed - uncalled.amount } : stake,
  );
  const won = new Map<number, number>();
  for (const { amount, contenders } of sidePots(called)) {
    for (const [seat, share] of shares(amount, winnersOf(contenders))) {
      won.set(seat, (won.get(seat) ?? 0) + share);
    }
  }
  return {
    winners: stakes.flatMap(({ seat }) => (won.has(seat) ? [seat] : [])),
    pot: sum(stakes.map((stake) => stake.committed)),
    payouts: stakes.flatMap((stake) => {
      const amount = (won.get(stake.seat) ?? 0) + (stake === uncalled.stake ? uncalled.amount : 0);
      return amount > 0 ? [{ seat: stake.seat, amount }] : [];
    }),
  };
}

/** The part of the deepest stake that no other stake reaches. */
function uncalledBet(stakes: readonly Stake[]): { stake: Stake | undefined; amount: number } {
  const [deepest, next] = stakes.toSorted((a, b) => b.committed - a.committed);
  const amount = (deepest?.committed ?? 0) - (next?.committed ?? 0);
  return deepest?.folded === false ? { stake: deepest, amount } : { stake: undefined, amount: 0 };
}

/** One pot per depth that a contender reached. What folded seats put in beyond the deepest joins the last pot. */
function sidePots(stakes: readonly Stake[]): { amount: number; contenders: Stake[] }[] {
  const live = stakes.filter((stake) => !stake.folded && stake.committed > 0);
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
