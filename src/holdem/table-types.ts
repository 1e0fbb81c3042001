import type { BotAnswer } from './action.js';
import type { Card } from './card.js';
import type { HandAction, MatchEnded, SeatAction, Standings, Street, TableFact } from './facts.js';

/** A match of No-Limit Hold'em. All amounts are chips, whole numbers. */
export interface TableOptions {
  /** 2 to 10. Default: as many as `stacks` has. */
  seats?: number;
  /** What every seat begins with, from 1 on; needed where `stacks` is not given. */
  startingStack?: number;
  /** What each seat begins with, by seat, in place of `startingStack`; a seat with 0 is empty, two are not. */
  stacks?: readonly number[];
  smallBlind: number;
  /** At least the small blind. */
  bigBlind: number;
  /** Posted in every hand, after the blinds. Default: 0. */
  ante?: Ante;
  /** Levels that follow, each in force until the next one. Default: none. */
  blindSchedule?: readonly BlindLevel[];
  /** The match ends after this many hands, whoever is left. Default: 1000. */
  maxHands?: number;
  /** Where the button is in the first hand, or else at the next seat that is dealt in. Default: 0. */
  dealer?: number;
  /**
   * Seats that are dealt into this hand; the others sit out: they keep their chips, post nothing, and button and blinds
   * pass over them. A seat without chips is never dealt in. Asked when the hand starts. Default, and where it returns
   * undefined: all.
   */
  dealtIn?: (hand: number) => readonly number[] | undefined;
  /** Who gets the chips of a shared pot that cannot be divided. Default: `lowest-seat`, the platform's rule. */
  oddChips?: OddChips;
  /** The same seed and the same actions give the same match. */
  seed: string;
  /**
   * The cards on top of the deck of this hand, in the order in which they are dealt: one to each seat from the
   * left of the button, once more round, then the board. The others follow as the seed has them. Cards, or their names
   * such as `Ah`. Asked when the hand starts. Default: none.
   */
  deckFor?: (hand: number) => readonly (Card | string)[] | undefined;
}

/**
 * A number: each seat that is dealt in posts so much, and an all-in for less contends for as much of each other's. A list,
 * by seat, or `{ bigBlind }`, which the big blind alone posts: dead money of the main pot, whole for whoever wins that.
 */
export type Ante = number | readonly number[] | { readonly bigBlind: number };

/**
 * Odd chips go one by one to the winners: those with the lowest seat numbers, or from the left of the button on, as rule
 * books have it.
 */
export type OddChips = 'lowest-seat' | 'left-of-button';

/** What is posted from the hand `fromHand` on. */
export interface BlindLevel {
  fromHand: number;
  smallBlind: number;
  bigBlind: number;
  /** Default: the `ante` of the table. */
  ante?: Ante;
}

/**
 * The decision the table waits for, and the hand up to there as the dealer knows it, all cards face up: `viewOf` says
 * what a seat may see. What was handed out stays as it is.
 */
export interface TableTurn {
  /** Who has to act. */
  readonly seat: number;
  readonly validActions: readonly SeatAction[];
  /** What a call costs; 0 when a check is possible. */
  readonly toCall: number;
  /** Totals to raise to on this street; 0 when raising is not legal. */
  readonly minRaise: number;
  readonly maxRaise: number;
  /** The total of a whole raise, which a short stack may be too small for: `minRaise` is `maxRaise` then. */
  readonly fullRaise: number;
  /** The number of the hand. */
  readonly hand: number;
  /** The seat of the button. */
  readonly dealerSeat: number;
  readonly street: Street;
  readonly board: readonly Card[];
  /** By seat; empty for a seat that is not dealt in. */
  readonly holeCards: readonly (readonly Card[])[];
  /** All chips in the middle, bets of this street included. */
  readonly pot: number;
  /** By seat, in front of it. */
  readonly stacks: readonly number[];
  /** The hand so far, posts included. */
  readonly history: readonly HandAction[];
}

/** How an answer is taken. */
export interface ActOptions {
  /** Somebody else answered for the seat, because its clock ran out. Default: false. */
  isTimeout?: boolean;
  /**
   * Makes an illegal answer legal, by the rules of `legalAnswer`, as the agent does for a bot on the platform. Default:
   * false, which refuses it.
   */
  legalize?: boolean;
}

/** A table in play. */
export interface Table {
  /** Whose turn it is; null between hands. */
  readonly turn: TableTurn | null;
  /** One seat has all chips, or `maxHands` are played. */
  readonly over: boolean;
  /** The number of the hand in play or played last; 0 before the first. */
  readonly hand: number;
  /** What is in front of each seat now; chips in the pot are nobody's. */
  readonly stacks: number[];
  /** As if the match ended now; chips in the pot still belong to the seats that put them in. */
  readonly standings: Standings;
  /**
   * Posts and deals. Runs to the end of the hand when nobody is left with a decision.
   *
   * @throws Error while a hand is in play and after the match is over.
   */
  startHand(): TableFact[];
  /**
   * Plays for the seat in turn. A raise beyond its limits is moved to the nearest one.
   *
   * @param answer what a bot's `decide` returns: an `Action`, or `{ action, params: { amount } }`.
   * @throws IllegalActionError when the action is not offered or a raise has no whole amount; nothing has changed
   * then and the turn is still open. With `legalize` only when no hand is in play.
   */
  act(answer: BotAnswer, options?: ActOptions): TableFact[];
  act(answer: unknown, options: ActOptions & { legalize: true }): TableFact[];
  /**
   * Ends the match in favour of this seat: it gets every chip. A hand in play ends without a result. The others keep
   * their order: those still in it before those who went out, by the chips they had when the last hand began.
   *
   * @throws RangeError for a seat that is not in the match any more, Error after the match is over.
   */
  award(seat: number): MatchEnded;
}
