/** The last frame of a match in all its forms (docs/protocol.md 4). */

import type { Standings } from '../../holdem/facts.js';
import type { MatchEnd } from '../../protocol/frames.js';
import type { ForfeitReason } from '../terms/sandbox-events.js';
import type { SeatRecord } from './match-record.js';

/** The long form. */
export function completedEnd(
  { standings, finishingOrder, hands }: Standings,
  records: readonly Pick<SeatRecord, 'name' | 'errors' | 'latenciesMs'>[],
): MatchEnd {
  return {
    type: 'match_end',
    reason: 'complete',
    results: standings.map(({ seat, stack, netChips, handsWon }) => ({
      seat,
      name: records[seat]?.name ?? '',
      net_chips: netChips,
      hands_won: handsWon,
      final_stack: stack,
      bot_errors: (records[seat]?.errors ?? []).map((message) => ({ message })),
      decision_latency_samples_ms: [...(records[seat]?.latenciesMs ?? [])],
    })),
    total_hands_played: hands,
    mode: 'elimination',
    finishing_order: finishingOrder.map(({ place, seat }) => ({
      place,
      seat,
      name: records[seat]?.name ?? '',
    })),
    terminal_status: 'completed',
  };
}

/** What a forfeit adds to the long form. */
export function forfeitKeys(seatIndex: number, winnerIndex: number, why: ForfeitReason): Partial<MatchEnd> {
  return { forfeit_seat: seatIndex, forfeit_winner_seat: winnerIndex, forfeit_reason: why };
}

/** What the cap on hands adds to the long form. */
export const cappedKeys: Partial<MatchEnd> = { safety_limit_reached: true };

/** What is added when no seat answers any more. */
export function unresponsiveKeys(seatIndex: number): Partial<MatchEnd> {
  return {
    terminal_status: 'error',
    error_code: 'auto_substitute_limit',
    auto_substitute_limit_seat: seatIndex,
    error_message: 'A seat stopped responding, and there was no responsive opponent.',
  };
}

/** What is added when every seat is gone. */
export function disconnectedKeys(atTheSameTime: boolean): Partial<MatchEnd> {
  return {
    terminal_status: 'abandoned',
    all_disconnected: true,
    ...(atTheSameTime && { simultaneous_disconnect: true }),
    error_message: 'Every seat was disconnected for too long.',
  };
}

/** What is added when a player left. */
export function abandonedKeys(seatIndex: number): Partial<MatchEnd> {
  return { terminal_status: 'abandoned', abandoned: true, abandoned_seat: seatIndex };
}

/** The short form of a match that never began, because a player did not come. */
export const cancelledEnd: MatchEnd = {
  type: 'match_end',
  reason: 'cancelled',
  error_code: 'connection_timeout',
  terminal_status: 'abandoned',
};

/** The short form of a match that failed on the platform. */
export const brokenEnd: MatchEnd = {
  type: 'match_end',
  reason: 'error',
  error_code: 'server_error',
  error_message: 'The match broke on the platform.',
  terminal_status: 'error',
};

/** The short form that the gateway sends when it has lost the table. */
export const gatewayEnd: MatchEnd = { type: 'match_end', reason: 'executor closed', source: 'gateway' };
