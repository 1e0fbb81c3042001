import type {
  ActionRejected,
  MatchEnd,
  MatchStart,
  PhaseChange,
  RoundResult,
  RoundStart,
  TurnRequest,
  TurnResult,
  WireAction,
} from '../protocol/frames.js';

/** The frames of play, before a seat puts its own counter on them. */
export type GameFrame =
  | MatchStart
  | RoundStart
  | TurnRequest
  | TurnResult
  | PhaseChange
  | RoundResult
  | ActionRejected
  | MatchEnd;

/** A player of a match as the match sees it, wherever the bot behind it runs. */
export interface Seat {
  readonly index: number;
  readonly name: string;
  readonly participantId: string;
  /** The remote bot that owns the seat; null for a house bot. */
  readonly botId: string | null;
  readonly isPresent: boolean;
  /** Away for the first time in this match: its turn clock stands still until it is back (docs/protocol.md 4). */
  readonly isFirstAbsence: boolean;
  /** A seat that is away misses the frame. */
  tell(frame: GameFrame): void;
  /** Opens a turn. Called again for the same turn when the seat comes back. */
  ask(request: TurnRequest): void;
  /** The turn is over, also one that the seat did not answer. */
  closeTurn(requestId: string): void;
  /** The match is over: everything was told. */
  leave(): void;
}

/**
 * What became of an answer: `rejected` and `late` were told to the seat; the turn of a rejected one is still open.
 * Of an `unknown` turn nothing is told.
 */
export type Taken = 'accepted' | 'rejected' | 'late' | 'unknown';

export type Answer = (requestId: string, action: WireAction) => Taken;
