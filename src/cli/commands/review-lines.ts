/** A review in tables, for a terminal or as Markdown. */
import { count, signed } from '../../io/reports/describe.js';
import { printable, type Redact } from '../../protocol/redact.js';
import { placeNames } from '../../review/places.js';
import type { Figure, Review, SlowTurn, WorstHand } from '../../review/review-shape.js';
import { markdownTable } from './markdown-table.js';
import { type PrintedColumn, printedTable } from './printed-table.js';
import { wrapped } from './wrapped.js';

const defaults = { columns: 80, maxRefused: 10, maxNameLength: 40, maxLineLength: 600 } as const;

interface PartTable {
  readonly names: PrintedColumn;
  readonly columns: readonly PrintedColumn[];
}

/** A part of a review: its heading, a table, and what stands below. */
interface Part {
  readonly heading: string;
  readonly table?: PartTable;
  readonly lines?: readonly string[];
}

export interface ReviewTerms {
  /** Cells of the terminal. Default: 80. */
  readonly columns?: number | undefined;
  readonly redact: Redact;
}

export function reviewLines(review: Review, { columns = defaults.columns, redact }: ReviewTerms): string[] {
  const lines = headOf(review).flatMap((line) => wrapped(line, columns - 1));
  for (const { heading, table, lines: below = [] } of partsOf(review)) {
    lines.push('', heading);
    if (table !== undefined) lines.push(...printedTable(table.names, table.columns, columns));
    lines.push(...below.flatMap((line) => indented(line, columns)));
  }
  return lines.map((line) => printable(line, defaults.maxLineLength, redact));
}

export function reviewMarkdown(review: Review, { redact }: ReviewTerms): string[] {
  const lines = ['# Review', '', ...headOf(review)];
  for (const { heading, table, lines: below = [] } of partsOf(review)) {
    lines.push('', `## ${heading}`, '');
    if (table !== undefined) lines.push(...tableMarkdown(table), '');
    lines.push(...below.map((line) => (line.startsWith(' ') ? `  ${line.trim()}` : `- ${line}`)));
    if (lines.at(-1) === '') lines.pop();
  }
  return lines.map((line) => printable(line, defaults.maxLineLength, redact));
}

/** A line that begins with spaces keeps them in each of its lines. */
function indented(line: string, columns: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrapped(line.trim(), columns - 1 - indent.length).map((part) => indent + part);
}

function tableMarkdown({ names, columns }: PartTable): string[] {
  return markdownTable(
    [names, ...columns].map(({ heading }) => heading),
    names.cells.map((name, index) => [name, ...columns.map(({ cells }) => cells[index] ?? '')]),
    1,
  );
}

function headOf({ base, chips, bbPer100, figuresLookedAt }: Review): string[] {
  const { matches, hands, left, refusedHands, isWhole, matchesWithoutHands } = base;
  const refused = Object.entries(left.refused).map(([code, n]) => `${n} ${code}`);
  const causes = [
    ...refused,
    ...(left.unfinished > 0 ? [`${left.unfinished} not finished`] : []),
    ...(left.noStacks > 0 ? [`${left.noStacks} without stacks`] : []),
  ];
  const out = refusedHands.length + left.unfinished + left.noStacks;
  const lines = [
    `${isWhole ? '' : 'Ended early: '}${count(hands, 'hand')} of ${count(matches, 'match')}; ${
      out === 0 ? 'none is left out' : `${out} in no sum (${causes.join(', ')})`
    }.`,
  ];
  if (hands > 0)
    lines.push(
      `net ${signed(chips)} chips, ${figureText(bbPer100, 1)} bb/100${
        figuresLookedAt > 0
          ? `; * marks what is not 0 by chance, of ${count(figuresLookedAt, 'figure')} looked at`
          : ''
      }`,
    );
  if (matchesWithoutHands > 0)
    lines.push(`Of ${count(matchesWithoutHands, 'more match')} only the result was kept.`);
  for (const { matchId, file, handNumber, code, why } of refusedHands.slice(0, defaults.maxRefused))
    lines.push(`left out: ${handName(matchId ?? file, handNumber)}: ${code}: ${why}`);
  if (refusedHands.length > defaults.maxRefused)
    lines.push(`and ${refusedHands.length - defaults.maxRefused} more; --json names all of them`);
  return lines;
}

function partsOf(review: Review): Part[] {
  if (review.base.hands === 0) return [];
  return [
    placesPart(review),
    ...streetsParts(review),
    ...allInPart(review),
    ...answeredPart(review),
    ...worstPart(review.worst),
    ...slowestPart(review),
  ];
}

const placesColumn = (heading: string, short: string, cells: readonly string[]): PrintedColumn => ({
  heading,
  short,
  cells,
});

function placesPart({ places: rows, base, chips, bbPer100 }: Review): Part {
  return {
    heading: 'Where the chips went: each hand is in one row',
    table: {
      names: placesColumn('', '', [...rows.map(({ place }) => placeNames[place]), 'all']),
      columns: [
        placesColumn('hands', 'hands', [...rows.map(({ hands }) => String(hands)), String(base.hands)]),
        placesColumn('chips', 'chips', [...rows.map((row) => signed(row.chips)), signed(chips)]),
        placesColumn('bb/100 of all', 'bb/100', [
          ...rows.map((row) => figureText(row.bbPer100, 1)),
          figureText(bbPer100, 1),
        ]),
        placesColumn('bb a hand', 'bb/hand', [...rows.map((row) => figureText(row.bbPerHand, 2)), '']),
      ],
    },
  };
}

function streetsParts({ streets }: Review): Part[] {
  type Row = Review['streets'][number];
  const names = { heading: '', short: '', cells: streets.map(({ street }) => street) };
  const column = (heading: string, of: (row: Row) => string): PrintedColumn => ({
    heading,
    short: heading,
    cells: streets.map(of),
  });
  return [
    {
      heading: 'Bets faced: a hand may be in several rows',
      table: {
        names,
        columns: [
          column('faced', ({ faced }) => String(faced)),
          column('folded %', ({ folded }) => percentText(folded)),
          column('called %', ({ called }) => percentText(called)),
          column('raised %', ({ raised }) => percentText(raised)),
        ],
      },
    },
    {
      heading: 'Calls of those bets, and folds against known cards',
      table: {
        names,
        columns: [
          column('calls', ({ lostAfterCall }) => String(lostAfterCall.n)),
          column('chips', ({ spent }) => String(spent)),
          column('lost %', ({ lostAfterCall }) => percentText(lostAfterCall)),
          column('bb a call', ({ bbPerCall }) => figureText(bbPerCall, 2)),
          column('folds', ({ bestFolded }) => String(bestFolded.n)),
          column('best %', ({ bestFolded }) => percentText(bestFolded)),
        ],
      },
    },
  ];
}

function allInPart({ allIn }: Review): Part[] {
  if (allIn.hands === 0) return [];
  const { hands, equity, bbOfLuck, chipsOfLuck } = allIn;
  return [
    {
      heading: 'All-ins before the river, of two hands that are known',
      lines: [
        `${count(hands, 'hand')}: equity ${percentText(equity)} % when the betting was over; luck ${signed(
          Math.round(chipsOfLuck),
        )} chips, ${figureText(bbOfLuck, 2)} bb a hand`,
      ],
    },
  ];
}

function answeredPart({ answeredFor }: Review): Part[] {
  const { turns, causes, hands, chips, bbPerHand, othersTurns } = answeredFor;
  if (turns === 0 && othersTurns === 0) return [];
  const told = Object.entries(causes).map(([cause, n]) => `${n} ${cause}`);
  return [
    {
      heading: 'Turns answered for the bot',
      lines: [
        `${count(turns, 'turn')}${told.length > 0 ? ` (${told.join(', ')})` : ''} in ${count(hands, 'hand')}: ${signed(
          chips,
        )} chips, ${figureText(bbPerHand, 2)} bb a hand; ${count(othersTurns, 'turn')} of others`,
      ],
    },
  ];
}

function worstPart(worst: readonly WorstHand[]): Part[] {
  if (worst.length === 0) return [];
  return [
    {
      heading: 'Worst hands',
      lines: worst.flatMap(
        ({ matchId, handNumber, chips, bb, place, position, cards, others, board, line }) => {
          const against = others.map(
            (other) => `${shortName(other.name)} ${other.position} ${other.cards?.join('') ?? '????'}`,
          );
          return [
            `${signed(chips)} (${bb.toFixed(1)} bb) ${handName(matchId, handNumber)}: ${placeNames[place]}`,
            `  we ${position} ${cards?.join('') ?? '????'}, ${against.join(', ')}${board.length > 0 ? `; board ${board.join('')}` : ''}`,
            `  ${line}`,
          ];
        },
      ),
    },
  ];
}

function slowestPart({ slowest, latencyMs: { count: turns, p50, p95, p99, max } }: Review): Part[] {
  if (slowest.length === 0) return [];
  return [
    {
      heading: 'Slowest decisions',
      lines: [
        `${count(turns, 'turn')}: half within ${msText(p50)} ms, 95 % within ${msText(p95)} ms, 99 % within ${msText(p99)} ms, the slowest took ${msText(max)} ms`,
        ...slowest.map(slowText),
      ],
    },
  ];
}

const msText = (value: number | null): string => (value === null ? '-' : String(Math.round(value)));

function slowText({
  matchId,
  handNumber,
  ms,
  isLate,
  street,
  cards,
  board,
  potBefore,
  answer,
}: SlowTurn): string {
  const where = [
    street,
    cards?.join('') ?? null,
    board.length > 0 ? `on ${board.join('')}` : null,
    potBefore === null ? null : `pot ${potBefore}`,
  ].filter((part) => part !== null);
  const then = isLate ? 'too late' : (answer ?? 'no answer');
  return `${Math.round(ms)} ms ${handName(matchId, handNumber)}: ${[...where, then].join(', ')}`;
}

function handName(matchId: string | null, handNumber: number | null): string {
  const hand = handNumber === null ? 'a hand' : `hand ${handNumber}`;
  return matchId === null ? hand : `${hand} of ${shortName(matchId)}`;
}

function shortName(name: string): string {
  return name.length <= defaults.maxNameLength ? name : `${name.slice(0, defaults.maxNameLength - 1)}…`;
}

/** `-3.2 ±1.1`, with a star where there is one; `-` where nothing was counted. */
function figureText({ n, value, error, hasStar }: Figure, digits: number): string {
  if (value === null || n === 0) return '-';
  const text = `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;
  const plain = Number(text) === 0 ? (0).toFixed(digits) : text;
  return `${plain} ±${error === null ? '?' : error.toFixed(digits)}${hasStar ? '*' : ''}`;
}

function percentText({ value, error }: Figure): string {
  if (value === null) return '-';
  return `${(value * 100).toFixed(0)} ±${error === null ? '?' : (error * 100).toFixed(0)}`;
}
