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

/** The frames of play, before a seat adds its own counter. */
export type GameFrame =
  | MatchStart
  | RoundStart
  | TurnRequest
  | TurnResult
  | PhaseChange
  | RoundResult
  | ActionRejected
  | MatchEnd
  /** Only older servers send it. */
  | { type: 'reconnected'; pending_request: TurnRequest | null }
  | { type: 'action_timeout'; request_id: string; auto_action: string };
