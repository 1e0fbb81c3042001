/** What is known when equity is asked for. */
import type { Holding } from './holdings.js';

/** An opponent whose cards are not known. */
export interface Foe {
  /** What it may hold, each equally likely; not empty. Hands with visible cards are left out. */
  holdings: readonly Holding[];
  /** How often it is dealt again on this board and keeps the better hand: once for each of its bets. Default: 0. */
  picks?: number;
  /** The probability of each pick, 0 to 1. Default: 1. */
  pickiness?: number;
}

export interface Spot {
  hole: Holding;
  /** None, three, four or five cards. */
  board: readonly number[];
  /** At least one. */
  foes: readonly Foe[];
}

export interface Sampler {
  /** Deals so far. */
  readonly samples: number;
  /** The share of the pot that the hand has won, from 0 to 1; 0 before the first deal. */
  readonly equity: number;
  deal(count: number): void;
}
