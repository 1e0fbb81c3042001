/** The pots of a hand, and who won what of each: worked out from stakes and stacks, whatever a source says. */
import { parseCard } from '../holdem/card.js';
import type { Payout, Pot } from '../holdem/facts.js';
import { rankHand } from '../holdem/hand-rank.js';
import { settle } from '../holdem/pots.js';
import { chipsOf, type HandChips } from './hand-chips.js';
import type { HandHistory } from './hand-history.js';

/** A pot of a finished hand. */
export interface WonPot {
  /** Without chips that nobody called, with the rake. */
  readonly amount: number;
  readonly rake: number;
  /** With the rake they add up to `amount`; nobody has nothing. */
  readonly winners: readonly Payout[];
}

/** The main pot first; null where a stack is not known, and for a hand that is not finished. */
export function potsOf(hand: HandHistory): WonPot[] | null {
  const chips = chipsOf(hand);
  if (!hand.isFinished || chips.won === null) return null;
  const strengths = strengthsOf(hand);
  const pots = withRake(contendedPots(hand, chips, strengths ?? new Map()), hand.rake ?? 0);
  return (strengths === null ? null : asRanked(pots, chips.won)) ?? asWon(pots, chips.won);
}

/**
 * What every seat has after the hand by the rules of the game, odd chips to the left of the button; null when it takes a
 * card or a stack that is not known.
 */
export function stacksByRules(hand: HandHistory): ReadonlyMap<number, number> | null {
  const { put, dead } = chipsOf(hand);
  const strengths = strengthsOf(hand);
  if (strengths === null) return null;
  const { payouts } = settle(stakesOf(hand, put, dead, strengths), {
    dead: sum(dead.values()),
    oddChipsFrom: hand.dealerSeat + 1,
  });
  const after = new Map<number, number>();
  for (const { seat, stack } of hand.seats) {
    if (stack === null) return null;
    const paid = payouts.find((payout) => payout.seat === seat)?.amount ?? 0;
    after.set(seat, stack - (put.get(seat) ?? 0) + paid);
  }
  return after;
}

/** By seat, of those that are in at the end; null when it takes a card that is not known. */
function strengthsOf({ seats, history, board }: HandHistory): ReadonlyMap<number, number> | null {
  const folded = new Set(history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const live = seats.filter(({ seat }) => !folded.has(seat));
  if (live.length === 1) return new Map(live.map(({ seat }) => [seat, 1]));
  const common = board.flatMap((text) => parseCard(text) ?? []);
  if (common.length !== 5) return null;
  const strengths = new Map<number, number>();
  for (const { seat, cards } of live) {
    const own = (cards ?? []).flatMap((text) => parseCard(text) ?? []);
    if (own.length !== 2 || new Set([...own, ...common]).size !== 7) return null;
    strengths.set(seat, rankHand([...own, ...common]).strength);
  }
  return strengths;
}

function stakesOf(
  { seats, history }: HandHistory,
  put: ReadonlyMap<number, number>,
  dead: ReadonlyMap<number, number>,
  strengths: ReadonlyMap<number, number>,
) {
  const folded = new Set(history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  return seats.map(({ seat }) => ({
    seat,
    committed: (put.get(seat) ?? 0) - (dead.get(seat) ?? 0),
    folded: folded.has(seat),
    strength: strengths.get(seat) ?? 0,
  }));
}

type ContendedPot = Pick<Pot, 'amount' | 'eligible' | 'winners'>;

function contendedPots(
  hand: HandHistory,
  { put, dead, pot }: HandChips,
  strengths: ReadonlyMap<number, number>,
): readonly ContendedPot[] {
  const stakes = stakesOf(hand, put, dead, strengths);
  const { pots } = settle(stakes, { dead: sum(dead.values()) });
  if (sum(pots.map(({ amount }) => amount)) === pot) return pots;
  // Nobody that is in has a live chip in the pot: it is one, and theirs.
  return [
    { amount: pot, eligible: stakes.flatMap(({ seat, folded }) => (folded ? [] : [seat])), winners: [] },
  ];
}

type RakedPot = ContendedPot & { readonly rake: number };

/** The house takes from the main pot first. */
function withRake(pots: readonly ContendedPot[], rake: number): RakedPot[] {
  let due = rake;
  return pots.map((pot) => {
    const taken = Math.min(due, pot.amount);
    due -= taken;
    return { ...pot, rake: taken };
  });
}

/** Equal shares to the best hands, odd chips to whom the stacks say; null when that is not how the hand ended. */
function asRanked(pots: readonly RakedPot[], won: ReadonlyMap<number, number>): WonPot[] | null {
  const open = new Map(won);
  const take = (seat: number, chips: number) => open.set(seat, (open.get(seat) ?? 0) - chips);
  const shared = pots.map(({ amount, rake, winners }) => {
    const share = Math.floor((amount - rake) / Math.max(1, winners.length));
    for (const { seat } of winners) take(seat, share);
    return new Map(winners.map(({ seat }) => [seat, share]));
  });
  for (const [index, { amount, rake }] of pots.entries()) {
    const shares = shared[index] ?? new Map<number, number>();
    for (let odd = amount - rake - sum(shares.values()); odd > 0; odd -= 1) {
      const seat = [...shares.keys()].find((each) => (open.get(each) ?? 0) > 0);
      if (seat === undefined) return null;
      take(seat, 1);
      shares.set(seat, (shares.get(seat) ?? 0) + 1);
    }
  }
  if ([...open.values()].some((chips) => chips !== 0)) return null;
  return pots.map(({ amount, rake }, index) => ({ amount, rake, winners: payoutsOf(shared[index]) }));
}

/**
 * Whoever won is paid from the last side pot on, which fewest contend for: what a seat could not win there it won in a pot
 * before it.
 */
function asWon(pots: readonly RakedPot[], won: ReadonlyMap<number, number>): WonPot[] {
  const open = new Map(won);
  return pots
    .toReversed()
    .map(({ amount, rake, eligible }) => {
      const shares = new Map<number, number>();
      let rest = amount - rake;
      const contenders = eligible.filter((seat) => (open.get(seat) ?? 0) > 0);
      for (const [index, seat] of contenders.entries()) {
        const most = Math.min(open.get(seat) ?? 0, rest);
        const others = sum(contenders.slice(index + 1).map((other) => open.get(other) ?? 0));
        const even = Math.ceil(rest / (contenders.length - index));
        const chips = Math.min(most, Math.max(even, rest - others));
        shares.set(seat, chips);
        open.set(seat, (open.get(seat) ?? 0) - chips);
        rest -= chips;
      }
      return { amount, rake, winners: payoutsOf(shares) };
    })
    .toReversed();
}

function payoutsOf(shares: ReadonlyMap<number, number> = new Map()): Payout[] {
  return [...shares].flatMap(([seat, amount]) => (amount > 0 ? [{ seat, amount }] : []));
}

function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
