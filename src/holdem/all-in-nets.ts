/**
 * What a hand was worth when only cards were left to decide it: the seats' winnings averaged over every board that could still
 * come. The average of many hands stays what it was, as each hand is put at its own mean, and most of the luck is gone.
 */
import { type AllInOdds, allInOddsOf } from './all-in-odds.js';
import type { Card } from './card.js';
import { allCards } from './card.js';
import { sumOf } from './chip-lists.js';
import type { HandAction, HandEnded, HandStarted } from './facts.js';

/** A hand whose betting is over, by seat. Cards are numbers, their places in `allCards`. */
export interface ClosedHand {
  /** Chips put in that others had to match. */
  readonly committed: ArrayLike<number>;
  /** Chips that nobody had to match, such as an ante that the big blind alone posts. Default: none. */
  readonly dead?: ArrayLike<number>;
  /** Seats that have not folded. */
  readonly live: readonly number[];
  /** Two of each seat that was dealt in. */
  readonly holeCards: readonly (readonly number[])[];
  /** When the last chip went in. */
  readonly board: readonly number[];
}

/**
 * Net chips by seat, to fractions of chips. With folded seats their cards are known here and cannot come: without that the odds of
 * three seats or more would be off.
 *
 * @param oddChipsFrom a chip that cannot be shared goes to the first of the two from this seat on.
 * @returns null unless two seats were left, with cards to come.
 */
export function allInNets(hand: ClosedHand, oddChipsFrom = 0): number[] | null {
  const { committed, dead, live, holeCards, board } = hand;
  if (live.length !== 2 || board.length > 4) return null;
  const seats = committed.length;
  const nearness = (seat: number): number => (seat - oddChipsFrom + seats) % seats;
  const [first, second] = live.toSorted((a, b) => nearness(a) - nearness(b)) as [number, number];
  const folded = holeCards.flatMap((cards, seat) => (live.includes(seat) ? [] : cards));
  const odds = allInOddsOf(holeCards[first] ?? [], holeCards[second] ?? [], board, folded);
  const stakes = Array.from(committed);
  const shorter = Math.min(stakes[first] ?? 0, stakes[second] ?? 0);
  const deadChips = dead === undefined ? 0 : sumOf(Array.from(dead));
  const contested = sumOf(stakes.map((stake) => Math.min(stake, shorter))) + deadChips;
  // What folded seats put in above the shorter stake is the deeper seat's alone.
  const rest = sumOf(stakes) + deadChips - contested;
  const [own, theirs] = meanShares(odds, contested);
  return stakes.map((stake, seat) => {
    const won = seat === first ? own : seat === second ? theirs : 0;
    const isDeeper = (seat === first || seat === second) && stake > shorter;
    return won + (isDeeper ? rest : 0) - stake - (dead?.[seat] ?? 0);
  });
}

/** Of a pot: the seat that the odd chip goes to first. Sums are whole numbers up to the division. */
function meanShares({ wins, ties, boards }: AllInOdds, pot: number): readonly [number, number] {
  const first = (wins * pot + ties * Math.ceil(pot / 2)) / boards;
  return [first, pot - first];
}

const numbers: ReadonlyMap<Card, number> = new Map(allCards.map((card, number) => [card, number]));
const numbersOf = (cards: readonly Card[]): number[] => cards.map((card) => numbers.get(card) ?? -1);
const boardSizes: Readonly<Record<HandAction['street'], number>> = { preflop: 0, flop: 3, turn: 4, river: 5 };

/** The same of a hand as the table told it; antes are taken for stakes that everybody matches. */
export function allInNetsOfFacts(
  { holeCards, dealerSeat }: Pick<HandStarted, 'holeCards' | 'dealerSeat'>,
  { history, board, shown }: Pick<HandEnded, 'history' | 'board' | 'shown'>,
  oddChips: 'lowest-seat' | 'left-of-button' = 'lowest-seat',
): number[] | null {
  const street = history.at(-1)?.street ?? 'preflop';
  if (shown.length !== 2 || street === 'river') return null;
  const committed = holeCards.map(() => 0);
  const onStreet = holeCards.map(() => 0);
  let now: HandAction['street'] = 'preflop';
  for (const { seat, action, amount, street: at } of history) {
    if (at !== now) {
      onStreet.fill(0);
      now = at;
    }
    const before = onStreet[seat] ?? 0;
    const added = action === 'raise' ? amount - before : amount;
    if (action !== 'post_ante') onStreet[seat] = before + added;
    committed[seat] = (committed[seat] ?? 0) + added;
  }
  const hand = {
    committed,
    live: shown.map(({ seat }) => seat),
    holeCards: holeCards.map(numbersOf),
    board: numbersOf(board.slice(0, boardSizes[street])),
  };
  return allInNets(hand, oddChips === 'lowest-seat' ? 0 : dealerSeat + 1);
}
