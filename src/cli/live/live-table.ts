/** The live table as lines that fit on a terminal. */

import { count, signed } from '../../io/reports/describe.js';
import { printable } from '../../protocol/redact.js';
import {
  isLive,
  type LobbyPhase,
  liveMatchesIn,
  reconnectsOf,
  type SessionMatch,
  type SessionState,
} from '../../session-view/session-state.js';
import { summarizeLatency } from '../../time/latency.js';
import { type ColumnFrame, describeLatency, layOut, secondsUntil, toneOfChips } from './live-columns.js';
import { lineOfPieces, type Piece } from './live-pieces.js';
import { planPieces } from './live-plan.js';
import { type LiveState, placedMatches } from './live-state.js';
import type { Paint, Tone } from './live-style.js';
import { fit } from './live-text.js';

const defaults = {
  /** The most matches that are shown, however tall the terminal is. */
  maxMatches: 8,
  /** The share of the terminal's lines for the table; the others are for scrolling output. */
  shareOfHeight: 0.5,
  /** The number of lines from which columns get headings. */
  headingFrom: 4,
  maxPieceLength: 120,
  /** The number of columns from which the plan says why. */
  wideFrom: 100,
} as const;

export interface TableFrame extends ColumnFrame {
  /** Lines of the terminal. */
  rows: number;
  paint: Paint;
  /** Epoch milliseconds of the wall clock. Default: `now`. */
  wallNow?: number;
}

/** At least one line. Each is narrower than the terminal, and there are fewer than the terminal has. */
export function renderTable(state: LiveState, frame: TableFrame): string[] {
  const height = Math.max(1, Math.floor(frame.rows * defaults.shareOfHeight));
  const { columns, paint, now } = frame;
  const status = lineOfPieces(piecesOf(state.session, now), columns, paint);
  const matches = placedMatches(state);
  if (height === 1) return [status];
  const plan = planLine(state, frame, height);
  if (matches.length === 0) return [status, ...plan];

  const hasHeading = height >= defaults.headingFrom;
  const { shown, hidden } = chooseMatches(matches, height - plan.length - (hasHeading ? 2 : 1));
  const { heading, rows, gap } = layOut(shown, frame);
  return [
    status,
    ...plan,
    ...(hasHeading ? [frame.paint(heading, 'faint')] : []),
    ...rows.map((cells) => cells.map(({ text, tone }) => frame.paint(text, tone)).join(gap)),
    ...(hidden > 0 ? [frame.paint(fit(`and ${hidden} more`, frame.columns - 1), 'faint')] : []),
  ];
}

/** Where there is room for a match beside it. */
function planLine({ session, places }: LiveState, frame: TableFrame, height: number): string[] {
  const { now, wallNow = now, columns, paint, redact } = frame;
  const [first, ...others] = planPieces(session, { now, wallNow, isNarrow: columns < defaults.wideFrom }).map(
    (piece) => ({
      ...piece,
      text: printable(piece.text, defaults.maxPieceLength, redact),
    }),
  );
  const isRoom = places.length === 0 || height > defaults.headingFrom;
  return first !== undefined && isRoom ? [lineOfPieces([first, ...others], columns, paint)] : [];
}

/** Live matches come before ended ones; otherwise the order stays. */
function chooseMatches(
  matches: readonly SessionMatch[],
  room: number,
): { shown: readonly SessionMatch[]; hidden: number } {
  const live = matches.filter(isLive);
  const most = Math.min(room, defaults.maxMatches);
  if (live.length > most) {
    // A single line is used for a match: the number of matches is in the status line.
    const places = room > most ? most : Math.max(1, most - 1);
    return { shown: live.slice(0, places), hidden: room === 1 ? 0 : live.length - places };
  }
  const kept = new Set(matches.filter((match) => !isLive(match)).slice(0, most - live.length));
  return { shown: matches.filter((match) => isLive(match) || kept.has(match)), hidden: 0 };
}

const tonesOfLobby: Readonly<Record<LobbyPhase, Tone>> = {
  starting: 'strong',
  connecting: 'warn',
  online: 'good',
  offline: 'bad',
  away: 'strong',
  ending: 'warn',
  over: 'strong',
};

function piecesOf(session: SessionState, now: number): [Piece, ...Piece[]] {
  const { lobby, matches, totals, latency } = session;
  const { completed, abandoned } = totals;
  const live = liveMatchesIn(session);
  const wait = lobby.retryAt === null ? '' : `, next try in ${secondsUntil(lobby.retryAt, now)}`;
  const isEnding = lobby.phase === 'ending' || lobby.phase === 'over';
  const why = isEnding && lobby.endMessage !== null ? `: ${lobby.endMessage}` : '';
  const first: Piece = { text: lobby.phase + wait + why, tone: tonesOfLobby[lobby.phase] };
  if (matches.length === 0 && completed + abandoned === 0) {
    return lobby.phase === 'online' ? [first, { text: 'waiting for matches' }] : [first];
  }
  const net = live.reduce((sum, { standing }) => sum + (standing.net ?? 0), totals.netChips);
  const { p95, count: decisions } = summarizeLatency(latency.histogram);
  return [
    first,
    { text: `${live.length} live` },
    { text: `net ${signed(net)}`, tone: toneOfChips(net) },
    { text: `${completed} completed` },
    ...(abandoned > 0 ? [{ text: `${abandoned} abandoned`, tone: 'warn' as const }] : []),
    ...(decisions > 0 ? [{ text: `p95 ${describeLatency(p95)}` }] : []),
    ...troubles(session),
  ];
}

function troubles(session: SessionState): Piece[] {
  const { timeouts, fallbacks, rejections } = session.totals.counts;
  const counts: [number, string][] = [
    [timeouts, 'timeout'],
    [fallbacks, 'fallback'],
    [rejections, 'rejection'],
    [reconnectsOf(session), 'reconnect'],
  ];
  return counts.filter(([n]) => n > 0).map(([n, noun]) => ({ text: count(n, noun), tone: 'warn' }));
}
