/** The frames of a match that are not of its hands (docs/protocol.md 4); those are in wire-of-hand.ts. */

import type { ActionRejected, MatchStart } from '../../protocol/frames.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Seat } from './seat.js';

/** The frame for the seat `self`. */
export function matchStart(
  self: Seat,
  seats: readonly Seat[],
  { startingStack, smallBlind, bigBlind, ante }: Settings,
  decisionTimeoutMs: number,
): MatchStart {
  return {
    type: 'match_start',
    seats: seats.map(({ index, name, participantId }) => ({
      seat: index,
      display_name: name,
      participant_id: participantId,
      is_self: index === self.index,
    })),
    game_config: {
      variant: 'nlhe',
      starting_stack: startingStack,
      small_blind: smallBlind,
      big_blind: bigBlind,
      ante,
      num_players: seats.length,
    },
    turn_timeout_ms: decisionTimeoutMs,
    your_seat: self.index,
  };
}

export interface Rejection {
  requestId: string;
  /** The name of the submitted action; empty without one. */
  action: string;
  /** Why, in a sentence. */
  reason: string;
  /** Milliseconds that are left of the turn; 0 when it is over. */
  remainingMs: number;
  validActions: string[];
}

export function actionRejected(rejection: Rejection): ActionRejected {
  const { requestId, action, reason, remainingMs, validActions } = rejection;
  return {
    type: 'action_rejected',
    request_id: requestId,
    reason,
    message: reason,
    details: { valid_actions: validActions },
    submitted_action: action,
    remaining_ms: Math.max(0, remainingMs),
    valid_actions: validActions,
  };
}
