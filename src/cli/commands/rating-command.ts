/** `chipzen-agent rating`: what the platform rated the bot after its matches. */
import { versionName } from '../../ledger/ledger-groups.js';
import { type RatedVersion, ratedVersions, readRatingHistory } from '../../ledger/rating-history.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import type { RecordedRating } from '../../recording/ratings-file.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { csvLine } from './ledger-lines.js';
import { type PrintedColumn, printedTable } from './printed-table.js';

const defaults = { paths: ['matches'], maxLineLength: 400 } as const;

export interface RatingFlags {
  overTime?: boolean;
  /** Epoch milliseconds. */
  since?: number;
  json?: boolean;
  csv?: boolean;
}

/**
 * @returns the exit code: 1 when there is no rating.
 * @throws {OptionError} for a path that leads nowhere.
 */
export async function showRating(
  paths: readonly string[],
  { overTime = false, since = 0, json = false, csv = false }: RatingFlags,
  io: Terminal,
): Promise<number> {
  const all = await readRatingHistory(paths.length === 0 ? defaults.paths : paths);
  const history = all.filter(({ at }) => at >= since);
  // What a version changed is told from the rating before, which may be older than what was asked for.
  const versions = ratedVersions(all).filter(({ lastAt }) => lastAt >= since);
  const print = (line: string): void =>
    printLine(io.stdout, printable(line, defaults.maxLineLength, io.redact));
  if (json) printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ versions, history }))));
  else if (csv) for (const line of csvLines(history)) print(line);
  else if (history.length === 0)
    print('No rating was kept here: `run --record` asks for it after each rated match that is over.');
  else {
    const lines = overTime ? overTimeTable(history) : versionsTable(versions);
    for (const line of printedTable(lines.names, lines.columns, io.screen?.size().columns)) print(line);
  }
  return history.length > 0 ? exitCodes.done : exitCodes.failed;
}

interface Lines {
  readonly names: PrintedColumn;
  readonly columns: readonly PrintedColumn[];
}

const spareHeadings: ReadonlySet<string> = new Set(['from', 'to', '±', 'won']);

const columnOf = (heading: string, cells: readonly string[]): PrintedColumn => ({
  heading,
  short: heading,
  cells,
  isSpare: spareHeadings.has(heading),
});

const rounded = (value: number | null): string => (value === null ? '-' : String(Math.round(value)));

const signed = (value: number | null): string =>
  value === null ? '-' : `${Math.round(value) > 0 ? '+' : ''}${Math.round(value)}`;

const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;

function versionsTable(versions: readonly RatedVersion[]): Lines {
  const column = (heading: string, cell: (version: RatedVersion) => string): PrintedColumn =>
    columnOf(heading, versions.map(cell));
  return {
    names: column('version', ({ version }) => version),
    columns: [
      column('from', ({ firstAt }) => minuteOf(firstAt)),
      column('to', ({ lastAt }) => minuteOf(lastAt)),
      column('matches', ({ matches }) => rounded(matches)),
      column('rating', ({ rating }) => rounded(rating)),
      column('±', ({ ratingDeviation }) => rounded(ratingDeviation)),
      column('change', ({ change }) => signed(change)),
    ],
  };
}

function overTimeTable(history: readonly RecordedRating[]): Lines {
  const column = (heading: string, cell: (rating: RecordedRating) => string): PrintedColumn =>
    columnOf(heading, history.map(cell));
  return {
    names: column('asked', ({ at }) => minuteOf(at)),
    columns: [
      column('rating', ({ rating }) => rounded(rating)),
      column('±', ({ ratingDeviation }) => rounded(ratingDeviation)),
      column('matches', ({ matchesPlayed }) => rounded(matchesPlayed)),
      column('won', ({ wins }) => rounded(wins)),
      column('bb/100', ({ bbPer100 }) => (bbPer100 === null ? '-' : bbPer100.toFixed(1))),
      column('version', (rating) => versionName({ ...rating, isMixed: false })),
    ],
  };
}

const fields = [
  'at',
  'botId',
  'matchId',
  'label',
  'hash',
  'git',
  'rating',
  'ratingDeviation',
  'matchesPlayed',
  'wins',
  'losses',
  'bbPer100',
  'bbHandsCounted',
] as const satisfies readonly (keyof RecordedRating)[];

function csvLines(history: readonly RecordedRating[]): string[] {
  return [
    csvLine(fields),
    ...history.map((rating) =>
      csvLine(fields.map((name) => (name === 'at' ? new Date(rating.at).toISOString() : rating[name]))),
    ),
  ];
}
