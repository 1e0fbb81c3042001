/** How a match is summed up in its last frame (docs/protocol.md 4). */
import type { MatchEnd } from '../protocol/frames.js';
import type { ForfeitReason } from './events.js';
import type { SeatStanding } from './table.js';

/** What is kept of each seat besides its chips. */
export interface SeatRecord {
  name: string;
  /** Rejected answers and failures, newest last. */
  errors: string[];
  /** Decision times in ms, newest last. */
  latenciesMs: number[];
}

interface Standings {
  standings: readonly SeatStanding[];
  finishingOrder: readonly { place: number; seat: number }[];
  hands: number;
}

/** The long form, for a match with a winner. */
export function completedEnd(
  { standings, finishingOrder, hands }: Standings,
  seats: readonly SeatRecord[],
): MatchEnd {
  return {
    type: 'match_end',
    reason: 'complete',
    results: standings.map(({ seat, stack, netChips, handsWon }) => ({
      seat,
      name: seats[seat]?.name ?? '',
      net_chips: netChips,
      hands_won: handsWon,
      final_stack: stack,
      bot_errors: (seats[seat]?.errors ?? []).map((message) => ({ message })),
      decision_latency_samples_ms: [...(seats[seat]?.latenciesMs ?? [])],
    })),
    total_hands_played: hands,
    mode: 'elimination',
    finishing_order: finishingOrder.map(({ place, seat }) => ({
      place,
      seat,
      name: seats[seat]?.name ?? '',
    })),
    terminal_status: 'completed',
  };
}

/** Heads-up, the seat that stays gets every chip. */
export function forfeitStandings(
  forfeitSeat: number,
  handsWon: readonly number[],
  startingStack: number,
  hands: number,
): Standings {
  return {
    standings: handsWon.map((won, seat) => {
      const netChips = seat === forfeitSeat ? -startingStack : startingStack;
      return { seat, stack: startingStack + netChips, netChips, handsWon: won };
    }),
    finishingOrder: handsWon
      .map((_, seat) => ({ place: seat === forfeitSeat ? handsWon.length : 1, seat }))
      .toSorted((a, b) => a.place - b.place),
    hands,
  };
}

/** What a forfeit adds to the long form. */
export function forfeitKeys(forfeitSeat: number, winner: number, why: ForfeitReason): Partial<MatchEnd> {
  return { forfeit_seat: forfeitSeat, forfeit_winner_seat: winner, forfeit_reason: why };
}

/** The short form of a match that never began: somebody did not come. */
export const cancelledEnd: MatchEnd = {
  type: 'match_end',
  reason: 'cancelled',
  error_code: 'connection_timeout',
  terminal_status: 'abandoned',
};

/** The short form of a match that broke on the platform. */
export const brokenEnd: MatchEnd = {
  type: 'match_end',
  reason: 'error',
  error_code: 'server_error',
  error_message: 'The match broke on the platform.',
  terminal_status: 'error',
};
