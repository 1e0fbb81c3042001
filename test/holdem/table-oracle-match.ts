/** A match told from its actions alone (see table-oracle.ts). */
import { expect } from 'vitest';
import { type NaiveAction, type NaiveHand, type NaiveHandSetup, naiveHand } from './table-oracle-hand.js';

type Fact = object;
type Deck = Pick<NaiveHandSetup, 'cards' | 'commitment'>;

interface NaiveLevel {
  smallBlind: number;
  bigBlind: number;
  ante?: number | readonly number[] | { bigBlind: number };
}

export interface NaiveMatchOptions extends NaiveLevel {
  stacks: readonly number[];
  blindSchedule: readonly (NaiveLevel & { fromHand: number })[];
  maxHands: number;
  dealer: number;
  /** Seats that sit out of this hand. */
  out: (hand: number) => readonly number[];
  oddChipsFromButton: boolean;
}

export interface NaiveMatch {
  readonly hand: NaiveHand;
  readonly over: boolean;
  startHand(): Fact[];
  act(action: NaiveAction): Fact[];
  award(seat: number): Fact;
}

/** @param deckOf the deck of each hand, which the oracle does not shuffle. */
export function naiveMatch(options: NaiveMatchOptions, deckOf: (hand: number) => Deck): NaiveMatch {
  const seats = options.stacks.map((_, seat) => seat);
  const count = seats.length;
  /** Stacks after each hand; the first entry are those before the first hand. */
  const stacks: (readonly number[])[] = [options.stacks];
  /** Who dealt and who had the big blind, before the first hand nobody. */
  const buttons = [{ dealer: (options.dealer + count - 1) % count, big: -1 }];
  const won = seats.map(() => 0);
  let setup: NaiveHandSetup | null = null;
  let actions: NaiveAction[] = [];
  let current: NaiveHand | null = null;
  let over = false;

  function nextSetup(): NaiveHandSetup {
    const hand = stacks.length;
    const before = stacks.at(-1)!;
    const last = buttons.at(-1)!;
    const out = options.out(hand);
    // All seats that play in the order in which the button comes to them.
    let ring = seats
      .map((step) => (last.dealer + 1 + step) % count)
      .filter((seat) => before[seat]! > 0 && !out.includes(seat));
    if (ring.length === 2) {
      if (ring[1] === last.big) ring.reverse();
      ring = [ring[0]!, ...ring];
    }
    const level = options.blindSchedule.filter(({ fromHand }) => fromHand <= hand).at(-1) ?? options;
    const ante = level.ante ?? options.ante ?? 0;
    return {
      hand,
      dealerSeat: ring[0]!,
      smallBlindSeat: ring[1]!,
      bigBlindSeat: ring[2]!,
      stacks: before,
      smallBlind: level.smallBlind,
      bigBlind: level.bigBlind,
      ante:
        typeof ante === 'object' && 'bigBlind' in ante
          ? seats.map((seat) => (seat === ring[2] ? ante.bigBlind : 0))
          : ante,
      out,
      oddChipsFromButton: options.oddChipsFromButton,
      ...deckOf(hand),
    };
  }

  /** What the last step added. */
  function tell(known: number): Fact[] {
    current = naiveHand(setup!, actions);
    const facts = current.facts.slice(known);
    if (current.turn !== null) return facts;
    for (const seat of current.winners) won[seat]! += 1;
    stacks.push(current.stacks);
    setup = null;
    over = stacks.length > options.maxHands || current.stacks.filter(Boolean).length === 1;
    return over ? [...facts, matchEnded(stacks.length - 1)] : facts;
  }

  /** Chips after each hand, the last hand first, tell who lasted longer and who had more. */
  function matchEnded(hands: number): Fact {
    const record = (seat: number) => stacks.map((at) => at[seat]!);
    const rank = (seat: number): [lasted: number, chips: number] => {
      const lasted = record(seat).findLastIndex((chips) => chips > 0);
      return [lasted, record(seat)[lasted] ?? 0];
    };
    const isBetter = (a: number, b: number) =>
      rank(a)[0] > rank(b)[0] || (rank(a)[0] === rank(b)[0] && rank(a)[1] > rank(b)[1]);
    const places = seats.map((seat) => ({
      place: 1 + seats.filter((other) => isBetter(other, seat)).length,
      seat,
    }));
    return {
      type: 'matchEnded',
      standings: seats.map((seat) => ({
        seat,
        stack: stacks.at(-1)![seat]!,
        netChips: stacks.at(-1)![seat]! - options.stacks[seat]!,
        handsWon: won[seat]!,
      })),
      finishingOrder: seats.flatMap((better) => places.filter(({ place }) => place === better + 1)),
      hands,
    };
  }

  return {
    get hand() {
      return current!;
    },
    get over() {
      return over;
    },
    startHand() {
      setup = nextSetup();
      // Nobody has it twice in a row, but where seats come back.
      if (options.out(stacks.length).length + options.out(stacks.length - 1).length === 0) {
        expect(setup.bigBlindSeat).not.toBe(buttons.at(-1)!.big);
      }
      buttons.push({ dealer: setup.dealerSeat, big: setup.bigBlindSeat });
      actions = [];
      return tell(0);
    },
    act(action) {
      const known = current!.facts.length;
      actions.push(action);
      return tell(known);
    },
    award(winner) {
      const hands = stacks.length - 1;
      const all = options.stacks.reduce((sum, stack) => sum + stack);
      stacks.push(seats.map((seat) => (seat === winner ? all : 0)));
      over = true;
      return matchEnded(hands);
    },
  };
}
