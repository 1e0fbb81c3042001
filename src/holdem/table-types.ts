import type { JsonObject } from '../protocol/frames.js';

/** A match of No-Limit Hold'em. All amounts are chips, whole numbers. */
export interface TableOptions {
  /** 2 to 6. */
  seats: number;
  startingStack: number;
  smallBlind: number;
  bigBlind: number;
  /** Posted by every seat in every hand, after the blinds. Default: 0. */
  ante?: number;
  /** Levels that follow, each in force until the next one. Default: none. */
  blindSchedule?: readonly BlindLevel[];
  /** The match ends after this many hands, whoever is left. Default: 1000. */
  maxHands?: number;
  /** The same seed and the same actions give the same match. */
  seed: string;
  /**
   * The cards on top of the deck of this hand, in the order in which they are dealt: one to each seat from the
   * left of the button, once more round, then the board. The others follow as the seed has them. Default: none.
   */
  deckFor?: (hand: number) => readonly string[] | undefined;
}

/** What is posted from the hand `fromHand` on. */
export interface BlindLevel {
  fromHand: number;
  smallBlind: number;
  bigBlind: number;
  /** Default: the `ante` of the table. */
  ante?: number;
}

/** One entry of `action_history`. */
export type HistoryEntry = {
  seat: number;
  action: string;
  /** `raise`: the raise-to total. `call` and posts: the chips added. Otherwise 0. */
  amount: number;
  phase: string;
  is_timeout: boolean;
};

/** The decision the table waits for. */
export interface TableTurn {
  seat: number;
  validActions: string[];
  /** The whole `turn_request.state` for that seat. */
  state: JsonObject;
}

/** How one seat stands, in chips. */
export interface SeatStanding {
  seat: number;
  stack: number;
  /** What the match won or lost: `stack` less the starting stack. */
  netChips: number;
  /** Hands in which this seat won a pot, alone or shared. */
  handsWon: number;
}

/** What an action amounted to, as `turn_result.details` says it. */
export type ActionDetails = {
  action: string;
  amount: number;
  pot: number;
  stacks: number[];
  is_timeout: boolean;
};

/** How a match stands. */
export interface Standings {
  standings: SeatStanding[];
  /** Seats that cannot be told apart share a place. */
  finishingOrder: { place: number; seat: number }[];
  /** Hands played to their end. */
  hands: number;
}

/** The last event of a table. */
export type MatchEnded = { type: 'matchEnded' } & Standings;

/** What happened at a table, in order. */
export type TableEvent =
  | {
      type: 'handStarted';
      hand: number;
      dealerSeat: number;
      /** `round_start.state` as this seat may see it; can be asked for at any later time. */
      stateFor(seat: number): JsonObject;
    }
  | { type: 'acted'; seat: number; details: ActionDetails }
  | { type: 'phaseChanged'; state: { phase: string; board: string[] } }
  /** `result` is `round_result.result`. A bet that nobody called is part of its `pot` and comes back in `payouts`. */
  | { type: 'handEnded'; hand: number; result: JsonObject }
  | MatchEnded;

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
  startHand(): TableEvent[];
  /**
   * Plays for the seat in turn. A raise beyond its limits is moved to the nearest one.
   *
   * @throws IllegalActionError when the action is not offered or a raise has no whole amount; nothing has changed
   * then and the turn is still open.
   */
  act(action: { action: string; params?: JsonObject }, options?: { isTimeout?: boolean }): TableEvent[];
  /**
   * Ends the match in favour of this seat: it gets every chip. A hand in play ends without a result. The others keep
   * their order: those still in it before those who went out, by the chips they had when the last hand began.
   *
   * @throws RangeError for a seat that is not in the match any more, Error after the match is over.
   */
  award(seat: number): MatchEnded;
}

/** An action the table refuses; `reason` is what `action_rejected` says. */
export class IllegalActionError extends Error {
  readonly reason: 'action_not_allowed' | 'bad_amount' | 'no_turn';

  constructor(reason: IllegalActionError['reason'], message: string) {
    super(message);
    this.name = 'IllegalActionError';
    this.reason = reason;
  }
}
