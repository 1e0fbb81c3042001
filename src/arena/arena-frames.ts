/** The frames of an arena's match that are not of its hands (docs/protocol.md 4). */
import type { MatchEnd, MatchStart } from '../protocol/frames.js';
import type { ArenaTerms } from './arena-terms.js';

/** @param names by seat. */
export function arenaStart(terms: ArenaTerms, names: readonly string[], seatIndex: number): MatchStart {
  return {
    type: 'match_start',
    seats: names.map((name, seat) => ({
      seat,
      display_name: name,
      participant_id: `p${seat}`,
      is_self: seat === seatIndex,
    })),
    game_config: {
      variant: 'nlhe',
      starting_stack: terms.startingStack,
      small_blind: terms.smallBlind,
      big_blind: terms.bigBlind,
      ante: 0,
      num_players: names.length,
    },
    turn_timeout_ms: terms.clockMs,
    your_seat: seatIndex,
  };
}

export interface SeatOutcome {
  netChips: number;
  handsWon: number;
}

/**
 * @param names by seat.
 * @param outcomes by seat.
 * @param hands that were played.
 */
export function arenaEnd(
  terms: ArenaTerms,
  names: readonly string[],
  outcomes: readonly SeatOutcome[],
  hands: number,
): MatchEnd {
  const placeOf = ({ netChips }: SeatOutcome): number =>
    1 + outcomes.filter((other) => other.netChips > netChips).length;
  return {
    type: 'match_end',
    reason: 'complete',
    results: outcomes.map(({ netChips, handsWon }, seat) => ({
      seat,
      name: names[seat] ?? '',
      net_chips: netChips,
      hands_won: handsWon,
      // Every deal begins with the same stacks, so that nobody has more or less in the end.
      final_stack: terms.startingStack + (terms.mode === 'matches' ? netChips : 0),
      bot_errors: [],
      decision_latency_samples_ms: [],
    })),
    total_hands_played: hands,
    mode: 'elimination',
    finishing_order: outcomes
      .map((outcome, seat) => ({ place: placeOf(outcome), seat, name: names[seat] ?? '' }))
      .toSorted((a, b) => a.place - b.place),
    terminal_status: 'completed',
  };
}
