/** The ledger in words: for the terminal, as Markdown and as CSV. */
import { count } from '../../io/reports/describe.js';
import type { LedgerReport } from '../../ledger/ledger-report.js';
import type { LedgerLine } from '../../ledger/ledger-sums.js';
import type { Estimate } from '../../statistics/mean-interval.js';
import { markdownTable } from './markdown-table.js';
import { type PrintedColumn, printedTable } from './printed-table.js';

interface Column {
  readonly heading: string;
  readonly short: string;
  readonly cell: (line: LedgerLine) => string;
  readonly isSpare?: boolean;
}

const signed = (value: number, digits = 0): string =>
  `${value > 0 ? '+' : ''}${value.toFixed(digits).replace(/^-(0(?:\.0+)?)$/, '$1')}`;

const boundsOf = ({ interval }: Estimate): string =>
  interval === null ? '-' : `${signed(interval.low, 1)} to ${signed(interval.high, 1)}`;

const shareOf = (part: number, all: number): string =>
  all === 0 ? '-' : `${Math.round((100 * part) / all)} %`;

const orDash = (value: number | null): string => (value === null ? '-' : String(value));

const columns: readonly Column[] = [
  { heading: 'matches', short: 'm', cell: ({ matches }) => String(matches) },
  { heading: 'won', isSpare: true, short: 'won', cell: ({ won }) => String(won) },
  {
    heading: 'won %',
    isSpare: true,
    short: '%',
    cell: ({ won, matches, unknown }) => shareOf(won, matches - unknown),
  },
  { heading: 'hands', short: 'hands', cell: ({ hands }) => String(hands) },
  { heading: 'net', short: 'net', cell: ({ net }) => signed(net) },
  {
    heading: 'bb/100',
    short: 'bb/100',
    cell: ({ bbPer100: { value } }) => (value === null ? '-' : signed(value, 1)),
  },
  { heading: '95 %', short: '95 %', cell: ({ bbPer100 }) => boundsOf(bbPer100) },
  {
    heading: 'all-in adjusted',
    isSpare: true,
    short: 'adj',
    cell: ({ adjustedPer100: { value } }) => (value === null ? '-' : signed(value, 1)),
  },
  { heading: '95 %', isSpare: true, short: '95 %', cell: ({ adjustedPer100 }) => boundsOf(adjustedPer100) },
  { heading: 'show-downs', isSpare: true, short: 'sd', cell: ({ showdowns }) => orDash(showdowns) },
  { heading: 'answered for', isSpare: true, short: 'ans', cell: ({ answeredFor }) => String(answeredFor) },
  { heading: 'errors', isSpare: true, short: 'err', cell: ({ errors }) => orDash(errors) },
  { heading: 'resumes', isSpare: true, short: 'res', cell: ({ resumes }) => String(resumes) },
];

/** What has to be known before the sums are believed. */
export function headLines({ head, total }: LedgerReport): string[] {
  const lines = [
    `${count(head.matches, 'match')} in the files, ${total.matches} counted, ${count(total.hands, 'hand')}`,
  ];
  const add = (times: number, noun: string, text: string): void => {
    if (times > 0) lines.push(`  ${count(times, noun)} ${text}`);
  };
  add(head.foreign, 'match', 'without a bot of yours');
  add(head.shared, 'match', 'that several of your bots played: each counts');
  add(head.resultsOnly, 'match', 'known by the result alone: without bb/100 and show-downs');
  add(head.differing, 'match', 'that ended with other chips than the hands: hands are missing, or a forfeit');
  add(head.told, 'match', 'that ended unseen by your bot: chips as the platform tells them');
  add(head.open, 'match', 'without an end, still played or of a killed process: chips as of the last hand');
  add(total.unknown, 'match', 'whose chips are not known');
  add(head.unfinished, 'hand', 'cut off, in no sum');
  add(
    total.adjustedHands,
    'all-in',
    'of two seats adjusted; tables of more stay as played, as their folded cards are not known',
  );
  for (const [code, times] of Object.entries(head.leftOut)) {
    const why = code === 'unsound' ? 'the chips do not add up' : code;
    add(times, 'hand', `in no sum (${why}): see --left-out`);
  }
  add(head.damaged, 'damaged line', 'passed over');
  add(head.passedOver, 'file', 'with neither a recording nor results, in no sum');
  add(head.unread.length, 'file', `that could not be read, such as ${head.unread[0]?.file}`);
  return lines;
}

/** The table, with a line for all where there are several. @param room cells of the terminal. */
export function tableOf(report: LedgerReport, room?: number): string[] {
  const lines = linesOf(report);
  const names: PrintedColumn = {
    heading: report.by.join(', '),
    short: report.by.join(', '),
    cells: lines.map(({ names: own }) => own.filter((name) => name !== '').join(', ')),
  };
  const others = columns.map(({ heading, short, isSpare = false, cell }) => ({
    heading,
    short,
    isSpare,
    cells: lines.map(({ line }) => cell(line)),
  }));
  return printedTable(names, others, room);
}

export function markdownOf(report: LedgerReport): string[] {
  const keys = report.by;
  return markdownTable(
    [...keys, ...columns.map(({ heading }) => heading)],
    linesOf(report).map(({ names, line }) => [
      ...keys.map((_, index) => names[index] ?? ''),
      ...columns.map(({ cell }) => cell(line)),
    ]),
    keys.length,
  );
}

/** All figures, unrounded, a line for each group; no line for all. */
export function csvOf({ by, groups }: LedgerReport): string[] {
  const rows = groups.map(({ names, version, firstAt, lastAt, line }) => {
    const { bbPer100, adjustedPer100, chipsPerHand, ...counts } = line;
    return {
      ...Object.fromEntries(by.map((key, index) => [key, names[index]])),
      hash: version?.hash,
      label: version?.label,
      git: version?.git,
      first: isoOf(firstAt),
      last: isoOf(lastAt),
      ...counts,
      ...estimateFields('bbPer100', bbPer100),
      ...estimateFields('adjustedPer100', adjustedPer100),
      ...estimateFields('chipsPerHand', chipsPerHand),
    };
  });
  const [first] = rows;
  if (first === undefined) return [];
  return [Object.keys(first), ...rows.map((row) => Object.values(row))].map(csvLine);
}

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const estimateFields = (
  name: string,
  { value, error, interval }: Estimate,
): Record<string, number | null> => ({
  [name]: value,
  [`${name}Error`]: error,
  [`${name}Low`]: interval?.low ?? null,
  [`${name}High`]: interval?.high ?? null,
});

type CsvValue = string | number | boolean | null | undefined;

/** RFC 4180. */
export const csvLine = (cells: readonly CsvValue[]): string => cells.map(csvCell).join(',');

function csvCell(value: CsvValue): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line for each hand that is in no sum, by its number. */
export function leftOutLines({ leftOut }: LedgerReport): string[] {
  return leftOut.map(
    ({ matchId, handNumber, code, why }) => `${matchId}, hand ${handNumber ?? '?'}: ${code}: ${why}`,
  );
}

function linesOf({ by, groups, total }: LedgerReport): { names: readonly string[]; line: LedgerLine }[] {
  const all = groups.length > 1 ? [{ names: ['all', ...by.slice(1).map(() => '')], line: total }] : [];
  return [...groups, ...all];
}
