import type {
  ActionRejected,
  MatchEnd,
  MatchStart,
  PhaseChange,
  RoundResult,
  RoundStart,
  TurnRequest,
  TurnResult,
} from '../../protocol/frames.js';

/** The frames of play, before a seat puts its own counter on them. */
export type GameFrame =
  | MatchStart
  | RoundStart
  | TurnRequest
  | TurnResult
  | PhaseChange
  | RoundResult
  | ActionRejected
  | MatchEnd
  /** Of older servers. */
  | { type: 'reconnected'; pending_request: TurnRequest | null }
  | { type: 'action_timeout'; request_id: string; auto_action: string };
