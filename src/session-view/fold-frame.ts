/** How a frame of a match changes what is known of its table. */
import type { MatchServerFrame, MatchStart, ServerFrameOf, WireFrame } from '../protocol/frames.js';
import { seenAct, seenHand, seenResult, seenStreet, seenTurn } from './seen-facts.js';
import {
  afterAct,
  afterHandFacts,
  afterResult,
  afterStreet,
  afterTurnFacts,
  newSeenTable,
  type SeenTable,
} from './seen-table.js';
import type { SessionMatch, SessionState } from './session-state.js';
import { withMatch } from './with-match.js';

const limits = { seats: 10 } as const;

type FrameType = MatchServerFrame['type'];
type Fold<T extends FrameType> = (match: SessionMatch, frame: ServerFrameOf<'match', T>) => SessionMatch;

/** The frames that change something. */
const folds: { readonly [T in FrameType]?: Fold<T> } = {
  match_start: afterStart,
  round_start: (match, { state }) => ({
    ...match,
    table: afterHandFacts(tableOf(match), seenHand(state), match.players.seatIndex),
  }),
  turn_request: (match, { seat, state }) => {
    const { players } = match;
    const seatIndex = players.seatIndex ?? seat ?? null;
    return {
      ...match,
      players: seatIndex === players.seatIndex ? players : { ...players, seatIndex },
      table: afterTurnFacts(tableOf(match), seenTurn(state), seatIndex),
    };
  },
  turn_result: (match, { seat, details }) => ({
    ...match,
    table: afterAct(tableOf(match), seenAct(details), seat ?? null),
  }),
  phase_change: (match, { state }) => ({ ...match, table: afterStreet(tableOf(match), seenStreet(state)) }),
  round_result: (match, { result }) => ({
    ...match,
    table: afterResult(tableOf(match), seenResult(result)),
  }),
};

/**
 * The state after a frame; the same object after one that changes nothing. Names, cards and the chips of a hand come from
 * frames, everything else from events. A frame of a match counts once an event has named that match.
 */
export function foldFrame(state: SessionState, told: WireFrame): SessionState {
  if (told.direction === 'out' || told.matchId === null) return state;
  const { matchId, frame } = told;
  return foldAs(state, matchId, frame.type, frame);
}

function foldAs<T extends FrameType>(
  state: SessionState,
  matchId: string,
  type: T,
  frame: ServerFrameOf<'match', T>,
): SessionState {
  const fold = folds[type];
  return fold === undefined ? state : withMatch(state, matchId, (match) => fold(match, frame));
}

const tableOf = ({ table, players }: SessionMatch): SeenTable => table ?? newSeenTable(players.names.length);

function afterStart(match: SessionMatch, frame: MatchStart): SessionMatch {
  const { players, table } = match;
  const names: string[] = [];
  for (const { seat, display_name: name = '' } of frame.seats) {
    if (seat < limits.seats) names[seat] = name;
  }
  return {
    ...match,
    players: { ...players, names: Array.from(names, nameOfSeat), seatIndex: frame.your_seat ?? null },
    table: table && { ...table, seats: newSeenTable(names.length).seats },
  };
}

function nameOfSeat(name: string | undefined, seatIndex: number): string {
  return name === undefined || name === '' ? `seat ${seatIndex}` : name;
}
