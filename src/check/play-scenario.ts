/** Plays a match of fixed hands with the bot. */
import type { TableTurn } from '../holdem/table-types.js';
import type { JsonObject, WireAction } from '../protocol/frames.js';
import { playFixedHand } from './fixed-hand.js';
import type { TurnScenario } from './scenarios/scenario.js';
import type { SeatedMatch, SeatTerms, Sightings } from './seated-match.js';
import { seatBot } from './seated-match.js';

const defaults = { blinds: [50, 100], seatIndex: 0, relaxedFromMs: 2_001 } as const;

export type ScenarioTerms = Omit<SeatTerms, 'matchId' | 'resume' | 'clockMs'> & {
  /** In ms, of scenarios that name none. */
  clockMs: number;
  /** Told of the match while it is played. */
  onSeated?: (seated: SeatedMatch) => void;
};

/** @throws InternalError for a defect of this package. */
export async function playScenario(
  scenario: TurnScenario,
  { bot, clock, clockMs: usualMs, onSeated }: ScenarioTerms,
): Promise<Sightings> {
  const { id, hands, seatIndex = defaults.seatIndex, blinds = defaults.blinds, comesLate = false } = scenario;
  const clockMs = scenario.clockMs === undefined ? usualMs : scenario.clockMs;
  const seated = await seatBot({ matchId: `check-${id}`, bot, clock, clockMs, resume: comesLate });
  onSeated?.(seated);
  const { match, askTurn, turns, findings } = seated;
  const changes = {
    invertedRaises: scenario.invertedRaises === true,
    ...(scenario.unknownPost && { unknownPost: scenario.unknownPost }),
  };
  try {
    const first = hands[0]?.stacks ?? [];
    let stacks = first;
    if (!comesLate) match.send(checkStart({ stacks, seatIndex, blinds, clockMs }));
    for (const [index, hand] of hands.entries()) {
      /** The bot is there from the last turn of this hand on. */
      let isThere = !comesLate || index > 0;
      let left = hand.line.length;
      const ask = async (turn: TableTurn): Promise<WireAction> => {
        isThere ||= left === 1;
        return isThere ? askTurn(turn, changes) : { action: '' };
      };
      stacks = await playFixedHand(
        { hand, number: index + 1, seatIndex, stacks: hand.stacks ?? stacks, blinds },
        {
          send: (frame) => isThere && match.send(frame),
          ask,
          onStep: () => {
            left -= 1;
          },
        },
      );
      if (scenario.reconnects && index < hands.length - 1) await match.reconnect();
    }
    await match.end(checkEnd({ before: first, after: stacks, seatIndex, hands: hands.length }));
  } finally {
    match.stop();
  }
  return { turns, findings };
}

interface Seating {
  stacks: readonly number[];
  seatIndex: number;
  blinds: readonly [number, number];
  clockMs: number | null;
}

/** The name of a seat in every frame: bots look for their own in the results. */
export const nameAtSeat = (seat: number, seatIndex: number): string =>
  seat === seatIndex ? 'checked' : `player ${seat}`;

export function checkStart({ stacks, seatIndex, blinds: [small, big], clockMs }: Seating): JsonObject {
  return {
    type: 'match_start',
    seats: stacks.map((_, seat) => ({
      seat,
      display_name: nameAtSeat(seat, seatIndex),
      participant_id: `p${seat}`,
      is_self: seat === seatIndex,
    })),
    game_config: {
      variant: 'nlhe',
      starting_stack: 10_000,
      small_blind: small,
      big_blind: big,
      ante: 0,
      num_players: stacks.length,
    },
    // Matches with the short clock do not name it here.
    ...(clockMs !== null && clockMs >= defaults.relaxedFromMs && { turn_timeout_ms: clockMs }),
  };
}

interface Ending {
  before: readonly number[];
  after: readonly number[];
  seatIndex: number;
  hands: number;
}

function checkEnd({ before, after, seatIndex, hands }: Ending): JsonObject {
  return {
    type: 'match_end',
    reason: 'complete',
    results: after.map((stack, seat) => ({
      seat,
      name: nameAtSeat(seat, seatIndex),
      net_chips: stack - (before[seat] ?? 0),
      final_stack: stack,
    })),
    total_hands_played: hands,
    terminal_status: 'completed',
  };
}
