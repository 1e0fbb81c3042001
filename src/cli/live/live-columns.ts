/** The columns of the live table, and which of them fit on a terminal. */
import stringWidth from 'string-width';
import { signed } from '../../io/reports/describe.js';
import { printable } from '../../protocol/redact.js';
import { isLive, type SessionMatch } from '../../session-view/session-state.js';
import { phaseOf } from './live-state.js';
import type { Tone } from './live-style.js';
import { cell } from './live-text.js';

const defaults = {
  /** The width of a terminal from which optional cells are shown. */
  wideFrom: 60,
  matchIdLength: 8,
  maxNameLength: 24,
  minOpponentsWidth: 9,
  /** The rest of a turn's clock, as a share, below which it is marked as late. */
  hurryShare: 0.25,
} as const;

export interface ColumnFrame {
  /** Columns of the terminal. */
  columns: number;
  /** Epoch milliseconds. */
  now: number;
  /** Masks secrets in foreign text. */
  redact: (text: string) => string;
}

interface Column {
  name: string;
  align: 'left' | 'right';
  /** The minimum width, so that columns do not move. */
  minWidth: number;
  /** It is cut before a less important column is left out. */
  isElastic?: true;
  text(match: SessionMatch, frame: ColumnFrame): string;
  tone?(match: SessionMatch, frame: ColumnFrame): Tone | null;
}

const table = {
  match: {
    name: 'match',
    align: 'left',
    minWidth: defaults.matchIdLength,
    text: ({ matchId }) => printable(matchId, defaults.matchIdLength),
    tone: (match) => (isLive(match) ? null : 'faint'),
  },
  state: { name: 'state', align: 'left', minWidth: 9, text: describeState, tone: toneOfState },
  opponents: {
    name: 'opponents',
    align: 'left',
    minWidth: defaults.minOpponentsWidth,
    isElastic: true,
    text: ({ players }, { redact }) =>
      players.opponents.map((name) => printable(name, defaults.maxNameLength, redact)).join(', ') || '-',
  },
  hand: { name: 'hand', align: 'right', minWidth: 4, text: ({ standing }) => String(standing.hand ?? '-') },
  chips: {
    name: 'chips',
    align: 'right',
    minWidth: 5,
    text: ({ standing: { chips } }, { columns }) => {
      if (chips === null) return '-';
      return columns < defaults.wideFrom ? String(chips.own) : `${chips.own}/${chips.total}`;
    },
  },
  net: {
    name: 'net',
    align: 'right',
    minWidth: 6,
    text: ({ standing: { net } }) => (net === null ? '-' : signed(net)),
    tone: ({ standing }) => toneOfChips(standing.net ?? 0),
  },
  latency: {
    name: 'latency',
    align: 'right',
    minWidth: 7,
    text: ({ latency: { lastMs } }) => (lastMs === null ? '-' : describeLatency(lastMs)),
  },
} satisfies Record<string, Column>;

const inOrder: readonly Column[] = Object.values(table);

/** The most important first. */
const byImportance: readonly Column[] = [
  table.match,
  table.state,
  table.net,
  table.chips,
  table.latency,
  table.opponents,
  table.hand,
];

/** Lines of cells under their headings, all equally wide, and narrower than the terminal. */
export interface Grid {
  heading: string;
  rows: { text: string; tone: Tone | null }[][];
  gap: string;
}

export function layOut(matches: readonly SessionMatch[], frame: ColumnFrame): Grid {
  const gap = frame.columns < defaults.wideFrom ? ' ' : '  ';
  const widths = chooseColumns(matches, frame, gap.length);
  const columns = inOrder.flatMap((column) => {
    const width = widths.get(column);
    return width === undefined ? [] : [{ column, width }];
  });
  return {
    heading: columns.map(({ column, width }) => cell(column.name, width, column.align)).join(gap),
    rows: matches.map((match) =>
      columns.map(({ column, width }) => ({
        text: cell(column.text(match, frame), width, column.align),
        tone: column.tone?.(match, frame) ?? null,
      })),
    ),
    gap,
  };
}

/** The width of each column that is shown. */
function chooseColumns(
  matches: readonly SessionMatch[],
  frame: ColumnFrame,
  gap: number,
): ReadonlyMap<Column, number> {
  const widths = new Map<Column, number>();
  // Some terminals wrap a line that fills the last cell.
  let room = frame.columns - 1;
  for (const column of byImportance) {
    const natural = Math.max(
      column.minWidth,
      ...matches.map((match) => stringWidth(column.text(match, frame))),
    );
    const needed = column.isElastic === true ? column.minWidth : natural;
    const margin = widths.size === 0 ? 0 : gap;
    if (widths.size > 0 && needed + margin > room) continue;
    widths.set(column, Math.min(needed, room));
    room -= needed + margin;
  }
  for (const [column, width] of widths) {
    if (column.isElastic !== true) continue;
    const natural = Math.max(width, ...matches.map((match) => stringWidth(column.text(match, frame))));
    widths.set(column, Math.min(natural, width + room));
  }
  return widths;
}

function describeState(match: SessionMatch, { now, redact }: ColumnFrame): string {
  const { phase, until } = phaseOf(match);
  switch (phase) {
    case 'thinking':
      return until === null ? 'turn' : `turn ${secondsUntil(until, now)}`;
    case 'offline':
      return until === null ? 'offline' : `retry ${secondsUntil(until, now)}`;
    case 'ended':
      return printable(match.over?.end ?? 'ended', defaults.maxNameLength, redact);
    case 'dialing':
    case 'watching':
      return phase;
  }
}

function toneOfState(match: SessionMatch, { now }: ColumnFrame): Tone | null {
  const { phase, until } = phaseOf(match);
  if (phase === 'offline') return 'bad';
  if (phase === 'ended') return 'faint';
  if (phase !== 'thinking' || until === null) return null;
  return until - now < (match.turn?.clockMs ?? 0) * defaults.hurryShare ? 'warn' : null;
}

/** `4 s`: the time that is left, rounded up. */
export function secondsUntil(until: number, now: number): string {
  return `${Math.max(0, Math.ceil((until - now) / 1_000))} s`;
}

/** `<1 ms`, `12 ms`, `1.2 s`. */
export function describeLatency(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function toneOfChips(chips: number): Tone | null {
  if (chips === 0) return null;
  return chips > 0 ? 'good' : 'bad';
}
