/** What the page shows of an agent, made from the state of its session. */

import { describeAction, newSeat, shortText } from '../playback/page-seat.js';
import type { SeatView, TableView } from '../playback/shown-table.js';
import type { LatencyView } from '../report/latency-bars.js';
import type { SeenSeat, SeenTable } from '../session-view/seen-table.js';
import {
  liveMatchesIn,
  reconnectsOf,
  type SessionMatch,
  type SessionState,
} from '../session-view/session-state.js';
import { toldApart } from '../session-view/told-apart.js';
import type { UnnumberedRow } from './board.js';
import type { SessionView, StateView } from './page-view.js';
import { planViewOf } from './plan-view.js';

const defaults = { maxNoteLength: 160 } as const;

/** What the page needs beside the state: the chart, the address, and the bars of all decisions. */
export interface SessionExtras {
  chart: StateView | null;
  where: string;
  latency: LatencyView;
  /** From the wall clock to that of the page, in milliseconds. */
  toPageMs: number;
}

export function sessionViewOf(
  session: SessionState,
  { chart, where, latency, toPageMs }: SessionExtras,
): SessionView {
  const { lobby, totals } = session;
  const { resumes: _resumes, ...counts } = totals.counts;
  const live = liveMatchesIn(session);
  return {
    state: chart,
    where,
    endReason: lobby.endReason,
    awayWhy: lobby.awayWhy === null ? null : shortText(lobby.awayWhy, defaults.maxNoteLength),
    retryAt: lobby.retryAt,
    live: live.length,
    completed: totals.completed,
    abandoned: totals.abandoned,
    netChips: totals.netChips,
    liveNetChips: live.reduce((sum, { standing }) => sum + (standing.net ?? 0), 0),
    ...counts,
    reconnects: reconnectsOf(session),
    latency,
    bots: [],
    plan: planViewOf(session, toPageMs),
  };
}

/** @param state the innermost active state of the match's chart. */
export function rowOf(match: SessionMatch, state: string | null): UnnumberedRow {
  const { matchId, rated, startedAt, endedAt, players, turn, over, table, standing } = match;
  const { hands: _hands, ...counts } = match.counts;
  return {
    matchId,
    seats: seatNames(match),
    self: players.seatIndex,
    rated,
    outcome: over?.outcome ?? 'live',
    state: state ?? 'connecting',
    hand: standing.hand ?? 0,
    stacks: table?.seats.map(({ stack }) => stack ?? 0) ?? players.names.map(() => 0),
    netChips: over === null ? standing.net : over.netChips,
    clock: turn && { seat: players.seatIndex, endsAt: turn.endsAt, ms: turn.clockMs },
    ...counts,
    startedAt,
    endedAt,
    note: over && noteOf(over),
  };
}

const seatNames = ({ players }: SessionMatch): string[] =>
  toldApart(players.names.map((name) => shortText(name)));

function noteOf({ outcome, end, detail, abandonReason }: NonNullable<SessionMatch['over']>): string {
  return shortText(outcome === 'completed' ? end : (detail ?? abandonReason ?? end), defaults.maxNoteLength);
}

/** Null before a hand was seen. */
export function tableViewOf(match: SessionMatch): TableView | null {
  const { table } = match;
  if (table === null || !table.hasHand) return null;
  const { hand, phase, board, pot, toCall, actions } = table;
  const names = seatNames(match);
  const shown = actions.map(({ seat, phase: street, action, amount, isTimeout }, index) => ({
    seat: seat ?? 0,
    phase: shortText(street),
    text: describeAction(shortText(action), amount, isFirstBetOf(actions, index)),
    isTimeout,
  }));
  const lastOf = (seat: number): string | null =>
    shown.findLast((_, index) => actions[index]?.seat === seat)?.text ?? null;
  return {
    hand,
    phase: shortText(phase),
    board: [...board],
    pot,
    toCall,
    seats: table.seats.map((seat, index) => ({
      ...seatViewOf(seat, index, names[index] ?? `seat ${index}`, match),
      last: seat.last && (lastOf(index) ?? describeAction(shortText(seat.last.action), seat.last.amount)),
    })),
    actions: shown,
  };
}

/** Blinds are bets; and of a street whose start is not among the actions that are kept, no bet is known to be the first. */
function isFirstBetOf(actions: SeenTable['actions'], index: number): boolean {
  const own = actions[index];
  if (own?.action !== 'raise' || own.phase === 'preflop') return false;
  const before = actions.slice(0, index);
  const onStreet = before.filter(({ phase }) => phase === own.phase);
  return onStreet.length < before.length && onStreet.every(({ action }) => action !== 'raise');
}

function seatViewOf(seat: SeenSeat, index: number, name: string, { table, players }: SessionMatch): SeatView {
  const { stack, bet, cards, folded, won, rank } = seat;
  return {
    ...newSeat(index, name, index === players.seatIndex),
    stack,
    bet,
    cards: [...cards],
    folded,
    isDealer: index === table?.dealerSeat,
    isActing: index === table?.actingSeat,
    won,
    rank: rank && shortText(rank),
  };
}
