/**
 * What a hand was worth when only cards were left to decide it: the seats' winnings averaged over every board that could still
 * come. The average of many hands stays what it was, as each hand is put at its own mean, and most of the luck is gone.
 */
import { boardSizes } from './action-codes.js';
import { type AllInOdds, allInOddsOf } from './all-in-odds.js';
import { byteAt, chipsAt, sumOf } from './chip-lists.js';
import type { HandEngine } from './hand-engine.js';

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

/** The same of the hand that an engine has just ended. */
export function allInNetsOfEngine(engine: HandEngine): number[] | null {
  const { betting, settlement, log, seatCount, holeCards, plays } = engine;
  const street = log.streetAt(log.length - 1);
  if (!engine.isOver || betting.liveCount !== 2 || street === 3) return null;
  const seats = Array.from({ length: seatCount }, (_, seat) => seat);
  const committed = seats.map((seat) => chipsAt(betting.committed, seat));
  const back = (seat: number): number => (seat === settlement.uncalledSeat ? settlement.uncalled : 0);
  const dead = seats.map((seat) => {
    const before = chipsAt(engine.stacks, seat) - chipsAt(settlement.won, seat) - back(seat);
    return chipsAt(engine.startStacks, seat) - before - (committed[seat] ?? 0);
  });
  const hand = {
    committed,
    dead,
    live: seats.filter((seat) => byteAt(betting.folded, seat) === 0),
    holeCards: seats.map((seat) =>
      byteAt(plays, seat) === 0 ? [] : [byteAt(holeCards, 2 * seat), byteAt(holeCards, 2 * seat + 1)],
    ),
    board: Array.from(engine.board.subarray(0, boardSizes[street])),
  };
  return allInNets(hand, engine.oddChips === 'lowest-seat' ? 0 : engine.positions.dealerSeat + 1);
}
