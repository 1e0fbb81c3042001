/**
 * What happens at a table, one fact after the other, in the words of the game. All amounts are chips, whole numbers;
 * what is listed by seat has an entry for every seat of the table. Facts have all cards face up: what one seat may see is
 * `viewOf`.
 */
import type { Card } from './card.js';
import type { HandName } from './hand-rank.js';

/** The streets of Hold'em, as the protocol names them in `phase`. */
export type Street = 'preflop' | 'flop' | 'turn' | 'river';

/** What a seat has to put in before the cards are played. */
export type PostAction = 'post_small_blind' | 'post_big_blind' | 'post_ante';

/** What a seat can do in turn. An opening bet is a raise. */
export type SeatAction = 'fold' | 'check' | 'call' | 'raise';

/** One entry of a hand's history: posts first, then what was done in turn. */
export interface HandAction {
  readonly seat: number;
  readonly action: PostAction | SeatAction;
  /** `raise`: the total raised to on this street. `call` and posts: the chips added. Otherwise 0. */
  readonly amount: number;
  readonly street: Street;
  /** Somebody else played for the seat, because its clock ran out. */
  readonly isTimeout: boolean;
}

/** Cards are dealt and posts are in. */
export interface HandStarted {
  readonly type: 'handStarted';
  /** Counted from 1. */
  readonly hand: number;
  /** The seat of the button. */
  readonly dealerSeat: number;
  /** By seat, before the posts. */
  readonly stacks: readonly number[];
  /** In their order: small blind, big blind, antes. */
  readonly posts: readonly HandAction[];
  /** By seat, after the posts. */
  readonly stacksAfterPosts: readonly number[];
  /** After the posts. */
  readonly pot: number;
  /** By seat: two, or none for a seat that is not dealt in. */
  readonly holeCards: readonly (readonly Card[])[];
  /** SHA-256 of the deck's seed and cards (`deckCommitment`), in hex. */
  readonly deckCommitment: string;
}

/** A seat folded, checked, called or raised. */
export interface Acted extends HandAction {
  readonly type: 'acted';
  readonly action: SeatAction;
  /** With these chips. */
  readonly pot: number;
  /** By seat, with these chips gone. */
  readonly stacks: readonly number[];
}

/** Flop, turn or river. */
export interface StreetOpened {
  readonly type: 'streetOpened';
  readonly street: Street;
  /** The whole board, with the cards of this street. */
  readonly board: readonly Card[];
}

/** The main pot, or a side pot that a seat which was all-in for less could not win. */
export interface Pot {
  /** Without chips that nobody called. */
  readonly amount: number;
  /** Seats that contended for it, in seat order. */
  readonly eligible: readonly number[];
  /** Who won it, in seat order; several share it. */
  readonly winners: readonly Payout[];
}

/** Chips that go to a seat. */
export interface Payout {
  readonly seat: number;
  readonly amount: number;
}

/** What a seat showed. */
export interface ShownHand {
  readonly seat: number;
  readonly holeCards: readonly Card[];
  /** What it is called: `Full House`. */
  readonly rank: HandName;
  /** The five that play, those that make the hand first. */
  readonly best: readonly Card[];
}

/** The pots are paid out. */
export interface HandEnded {
  readonly type: 'handEnded';
  readonly hand: number;
  /** As far as it was dealt. */
  readonly board: readonly Card[];
  /** All chips that were put in, a bet that nobody called included. */
  readonly pot: number;
  /** The main pot first. With `uncalled` they add up to `pot`. */
  readonly pots: readonly Pot[];
  /** The part of a bet that nobody called, which went back; null when there was none. */
  readonly uncalled: Payout | null;
  /** What each seat got in all, uncalled chips included, in seat order; adds up to `pot`. */
  readonly payouts: readonly Payout[];
  /** Seats that won a pot, alone or shared, in seat order; not one that only got uncalled chips back. */
  readonly winners: readonly number[];
  /** In the order of showing; empty when everybody else folded. */
  readonly shown: readonly ShownHand[];
  /** The whole hand, posts included. */
  readonly history: readonly HandAction[];
  /** By seat, after the payouts. */
  readonly stacks: readonly number[];
  readonly deckCommitment: string;
}

/** How one seat stands. */
export interface SeatStanding {
  seat: number;
  stack: number;
  /** What the match won or lost: `stack` less what the seat began the match with. */
  netChips: number;
  /** Hands in which this seat won a pot, alone or shared. */
  handsWon: number;
}

/** How a match stands. */
export interface Standings {
  /** In seat order. */
  standings: SeatStanding[];
  /** The best first; seats that cannot be told apart share a place. */
  finishingOrder: { place: number; seat: number }[];
  /** Hands played to their end. */
  hands: number;
}

/** The last fact of a table. */
export type MatchEnded = { readonly type: 'matchEnded' } & Standings;

/** What happened at a table. */
export type TableFact = HandStarted | Acted | StreetOpened | HandEnded | MatchEnded;
