/** What the page shows of an agent, made from the state of its session. */
import type { SeenSeat } from '../session-view/seen-table.js';
import {
  liveMatchesIn,
  reconnectsOf,
  type SessionMatch,
  type SessionState,
} from '../session-view/session-state.js';
import { describeAction, newSeat, shortText } from './page-seat.js';
import type { LatencyView, MatchRow, SeatView, SessionView, StateView, TableView } from './page-view.js';

const defaults = { maxNoteLength: 160 } as const;

/** What the page needs beside the state: the chart, the address, and the bars of all decisions. */
export interface SessionExtras {
  chart: StateView | null;
  where: string;
  latency: LatencyView;
}

export function sessionViewOf(session: SessionState, { chart, where, latency }: SessionExtras): SessionView {
  const { lobby, totals } = session;
  const { resumes: _resumes, ...counts } = totals.counts;
  return {
    state: chart,
    where,
    endReason: lobby.endReason,
    retryAt: lobby.retryAt,
    live: liveMatchesIn(session).length,
    completed: totals.completed,
    abandoned: totals.abandoned,
    netChips: totals.netChips,
    ...counts,
    reconnects: reconnectsOf(session),
    latency,
    bots: [],
  };
}

/** @param state the innermost active state of the match's chart. */
export function rowOf(match: SessionMatch, state: string | null): MatchRow {
  const { matchId, rated, startedAt, endedAt, players, turn, over, table } = match;
  const { hands: _hands, ...counts } = match.counts;
  return {
    matchId,
    seats: players.names.map((name) => shortText(name)),
    self: players.seatIndex,
    rated,
    outcome: over?.outcome ?? 'live',
    state: state ?? 'connecting',
    hand: match.standing.hand ?? 0,
    stacks: table?.seats.map(({ stack }) => stack ?? 0) ?? players.names.map(() => 0),
    netChips: over?.netChips ?? null,
    clock: turn && { seat: players.seatIndex, endsAt: turn.endsAt, ms: turn.clockMs },
    ...counts,
    startedAt,
    endedAt,
    note: over && noteOf(over),
  };
}

function noteOf({ outcome, end, detail, abandonReason }: NonNullable<SessionMatch['over']>): string {
  return shortText(outcome === 'completed' ? end : (detail ?? abandonReason ?? end), defaults.maxNoteLength);
}

/** Null before a hand was seen. */
export function tableViewOf(match: SessionMatch): TableView | null {
  const { table } = match;
  if (table === null || !table.hasHand) return null;
  const { hand, phase, board, pot, toCall, actions } = table;
  return {
    hand,
    phase: shortText(phase),
    board: [...board],
    pot,
    toCall,
    seats: table.seats.map((seat, index) => seatViewOf(seat, index, match)),
    actions: actions.map(({ seat, phase: street, action, amount, isTimeout }) => ({
      seat: seat ?? 0,
      phase: shortText(street),
      text: describeAction(shortText(action), amount),
      isTimeout,
    })),
  };
}

function seatViewOf(seat: SeenSeat, index: number, { table, players }: SessionMatch): SeatView {
  const { stack, bet, cards, folded, last, won, rank } = seat;
  const name = shortText(players.names[index] ?? `seat ${index}`);
  return {
    ...newSeat(index, name, index === players.seatIndex),
    stack,
    bet,
    cards: [...cards],
    folded,
    isDealer: index === table?.dealerSeat,
    isActing: index === table?.actingSeat,
    last: last && describeAction(shortText(last.action), last.amount),
    won,
    rank: rank && shortText(rank),
  };
}
