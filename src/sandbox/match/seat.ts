import type { TableTurn } from '../../holdem/table-types.js';
import type { TurnRequest, WireAction } from '../../protocol/frames.js';
import type { ForfeitReason } from '../terms/sandbox-events.js';
import type { GameFrame } from '../wire/game-frame.js';

/** A player of a match as the match sees it, wherever the bot behind it runs. */
export interface Seat {
  readonly index: number;
  readonly name: string;
  readonly participantId: string;
  /** The remote bot that owns the seat; null for a house bot. */
  readonly botId: string | null;
  readonly isPresent: boolean;
  /**
   * Whether it is away for the first time in this match: then its turn clock is paused until it is back
   * (docs/protocol.md 4).
   */
  readonly isFirstAbsence: boolean;
  /** Sends a frame. A seat that is away misses it. */
  send(frame: GameFrame): void;
  /** Opens a turn; `turn` is what the table knows of it. */
  ask(request: TurnRequest, turn: TableTurn): void;
  /** To be called when the seat is back; `pending` is its open turn with what is left of its clock. */
  resume(pending: TurnRequest | null): void;
  /** To be called when the platform has played for the seat. */
  playedFor(requestId: string, action: string): void;
  /** To be called when a turn is over, also without an answer of the seat. */
  closeTurn(requestId: string): void;
  /** Sends an error before `match_end` when a match cannot begin. */
  warn(code: string, message: string): void;
  /** Closes the connection after the last frame, with this reason. */
  leave(reason?: string): void;
}

/** An answer of a seat. */
export type Move =
  | ({ kind: 'action'; requestId: string } & WireAction)
  /** A frame that is not an answer, but counts as one (docs/protocol.md 4). */
  | { kind: 'noAction' }
  /** Something that is not a frame. */
  | { kind: 'unreadable' };

/**
 * The outcome of a move. `accepted`, `substituted` (the platform played instead) and `rejected` belong to an open
 * turn, which stays open when rejected. `tooMany`: rejected more often than a hand allows. `unasked`: no turn of this
 * seat is open; a second answer to its last turn was rejected.
 */
export type MoveOutcome = 'accepted' | 'rejected' | 'tooMany' | 'substituted' | 'unasked';

/** A seat that a remote bot owns. */
export interface RemoteSeat extends Seat {
  readonly botId: string;
}

/** Why a seat takes no connection any more. */
export type Barred = Exclude<ForfeitReason, 'unresponsive'> | 'not_joined';

/** What a match learns from its seats. None of it throws. */
export interface SeatObserver {
  onMove(seat: Seat, move: Move): MoveOutcome;
  /** A house bot has no answer to this turn. */
  onGivenUp(requestId: string): void;
  /** A house bot threw in a hook, or in `decide`. */
  onFailed(seat: Seat, hook: string, error: unknown): void;
  /** The bot is there: for the first time, or `resumed`. */
  onPresent(seat: RemoteSeat, resumed: boolean): void;
  onAway(seat: RemoteSeat, code: number, reason: string): void;
  /** The bot does not come back. */
  onLost(seat: RemoteSeat, why: Barred): void;
}
