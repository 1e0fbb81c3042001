/** What happened in the hands of an arena, in tables. */

import type { ArenaPot } from '../../arena/arena-record.js';
import type { ArenaResult, PairingResult } from '../../arena/arena-result.js';
import type { DetailKind } from '../../arena/detail-groups.js';
import type { DetailRow, GroupFigure } from '../../arena/pairing-details.js';
import { printedTable } from './printed-table.js';
import { wrapped } from './wrapped.js';

const defaults = { pots: 5 } as const;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const headings: Readonly<Record<DetailKind, string>> = {
  position: 'position',
  ending: 'how it ended',
  depth: 'stacks',
};

/** Nothing where it was not asked for. */
export function arenaDetailLines(
  { terms }: ArenaResult,
  { bots, details }: PairingResult,
  columns: number,
): string[] {
  if (details === null) return [];
  const names = bots.map((bot) => terms.names[bot] ?? '');
  const shown = shownBots(bots.length);
  const kinds: readonly DetailKind[] = ['position', 'ending', 'depth'];
  const about = `bb/100 ${bots.length === 2 ? `of ${names[1]} against ${names[0]}` : 'of each bot'}, with intervals at 95 %: each is that of one row that is read once.`;
  return [
    ...wrapped(about, columns - 1),
    '',
    ...kinds.flatMap((kind) => {
      const rows = details[kind];
      // All hands in one row is what the table above has.
      if (rows.length < 2) return [];
      return [...tableOf(headings[kind], rows, { names, shown, columns }), ''];
    }),
    ...potLines(details.pots, names),
    '',
  ];
}

/** Of two bots one wins what the other one loses. */
const shownBots = (bots: number): number[] =>
  bots === 2 ? [1] : Array.from({ length: bots }, (_, bot) => bot);

interface TablePlace {
  names: readonly string[];
  shown: readonly number[];
  columns: number;
}

function tableOf(
  heading: string,
  rows: readonly DetailRow[],
  { names, shown, columns }: TablePlace,
): string[] {
  const cells = rows
    .flatMap(({ group, bots }) =>
      shown.map((bot) => ({
        name: shown.length === 1 ? group : `${group}, ${names[bot]}`,
        figure: bots[bot] as GroupFigure,
      })),
    )
    .filter(({ figure }) => figure.hands > 0);
  const column = (title: string, of: (figure: GroupFigure) => string) => ({
    heading: title,
    short: title,
    cells: cells.map(({ figure }) => of(figure)),
  });
  return printedTable(
    { heading, short: heading, cells: cells.map(({ name }) => name) },
    [
      column('hands', ({ hands }) => whole.format(hands)),
      column('bb/100', ({ per100 }) => figureText(per100.value)),
      column('from', ({ per100 }) => figureText(per100.interval?.low ?? null)),
      column('to', ({ per100 }) => figureText(per100.interval?.high ?? null)),
    ],
    columns,
  );
}

/** With one digit, or so many; what rounds to nothing has no sign. */
export function figureText(value: number | null, digits = 1): string {
  if (value === null) return '-';
  const text = value.toFixed(digits);
  return Number(text) < 0 ? text.replace('-', '−') : text.replace('-', '');
}

function potLines(pots: readonly ArenaPot[], names: readonly string[]): string[] {
  return [
    'biggest pots',
    ...pots.slice(0, defaults.pots).map(({ pair, leg, bigBlinds, hand }) => {
      const seats = hand.s.map(([, name, stack, after, cards]) => {
        const won = (after ?? 0) - (stack ?? 0);
        const sign = won > 0 ? '+' : won < 0 ? '−' : '';
        return `${names[name]} ${cards} ${sign}${whole.format(Math.abs(won))}`;
      });
      return `${figureText(bigBlinds)} bb, pair ${pair + 1}, leg ${leg + 1}: ${seats.join(', ')}; board ${hand.b === '' ? 'none' : hand.b}`;
    }),
  ];
}
