/** The table of a match on a local platform, put together from the facts of its table, all cards face up. */
import { formatCard } from '../holdem/card.js';
import type { Acted, HandAction, HandEnded, HandStarted, StreetOpened } from '../holdem/facts.js';
import { describeAction, newSeat } from '../playback/page-seat.js';
import type { TableView } from '../playback/shown-table.js';

const limits = { actions: 64 } as const;

export interface FactTable {
  handStarted(fact: HandStarted): void;
  /** Somebody is asked to decide. */
  acting(seatIndex: number): void;
  acted(fact: Acted): void;
  streetOpened(fact: StreetOpened): void;
  handEnded(fact: HandEnded): void;
  /** By seat, after the last hand or action; 0 before the first. */
  readonly stacks: number[];
  /** Null before the first hand. */
  view(): TableView | null;
}

/** @param names by seat. */
export function createFactTable(names: readonly string[]): FactTable {
  let seats = names.map((name, index) => newSeat(index, name, false));
  let actions: TableView['actions'] = [];
  let hand: number | null = null;
  let phase = '';
  let board: string[] = [];
  let pot = 0;
  /** Somebody has bet on this street; blinds are bets. */
  let isBetOn = true;

  function setStacks(stacks: readonly number[]): void {
    for (const seat of seats) seat.stack = stacks[seat.seat] ?? 0;
  }

  function record({ seat: seatIndex, action, amount, street, isTimeout }: HandAction): void {
    const seat = seats[seatIndex];
    if (seat === undefined) return;
    const text = describeAction(action, amount, action === 'raise' && !isBetOn);
    isBetOn ||= action === 'raise';
    seat.last = text;
    seat.isActing = false;
    seat.folded ||= action === 'fold';
    if (action === 'raise') seat.bet = amount;
    // An ante is in the pot at once: it is no part of what others have to call.
    else if (action !== 'post_ante') seat.bet += amount;
    actions.push({ seat: seatIndex, phase: street, text, isTimeout });
    if (actions.length > limits.actions) actions.shift();
  }

  return {
    handStarted(fact) {
      hand = fact.hand;
      phase = 'preflop';
      isBetOn = true;
      board = [];
      pot = fact.pot;
      actions = [];
      seats = names.map((name, index) => ({
        ...newSeat(index, name, false),
        cards: (fact.holeCards[index] ?? []).map(formatCard),
        folded: fact.holeCards[index]?.length === 0,
        isDealer: index === fact.dealerSeat,
      }));
      for (const post of fact.posts) record(post);
      setStacks(fact.stacksAfterPosts);
    },

    acting(seatIndex) {
      for (const seat of seats) seat.isActing = seat.seat === seatIndex;
    },

    acted(fact) {
      record(fact);
      pot = fact.pot;
      setStacks(fact.stacks);
    },

    streetOpened(fact) {
      phase = fact.street;
      isBetOn = false;
      board = fact.board.map(formatCard);
      for (const seat of seats) seat.bet = 0;
    },

    handEnded(fact) {
      pot = fact.pot;
      phase = fact.shown.length > 0 ? 'showdown' : 'hand over';
      setStacks(fact.stacks);
      for (const seat of seats) {
        seat.isActing = false;
        seat.bet = 0;
        seat.rank = fact.shown.find((shown) => shown.seat === seat.seat)?.rank ?? null;
        seat.won = fact.payouts.find((paid) => paid.seat === seat.seat)?.amount ?? null;
      }
    },

    get stacks() {
      return seats.map((seat) => seat.stack ?? 0);
    },

    view() {
      if (hand === null) return null;
      return {
        hand,
        phase,
        board: [...board],
        pot,
        toCall: null,
        seats: seats.map((seat) => ({ ...seat, cards: [...seat.cards] })),
        actions: [...actions],
      };
    },
  };
}
