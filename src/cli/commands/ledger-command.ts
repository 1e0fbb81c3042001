/** `chipzen-agent ledger`: what each version of the bot won, against whom. */

import type { SqlAnswer } from '../../ledger/ledger-index.js';
import type { LedgerKey } from '../../ledger/ledger-keys.js';
import { ledgerReport } from '../../ledger/ledger-report.js';
import type { LedgerContents } from '../../ledger/read-ledger.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { labelsToCompare, showComparison } from './compare-versions.js';
import { csvLine, csvOf, headLines, leftOutLines, markdownOf, tableOf } from './ledger-lines.js';
import { ledgerContents, ledgerSql, type SourceFlags } from './ledger-source.js';
import { markdownTable } from './markdown-table.js';
import { printedTable } from './printed-table.js';

const defaults = { paths: ['matches'], by: ['version'], maxLineLength: 400, maxNames: 8 } as const;

export interface LedgerFlags extends SourceFlags {
  /** A question to the index. */
  sql?: string;
  by?: LedgerKey[];
  /** Labels of two versions to compare. */
  a?: string;
  b?: string;
  opponent?: string;
  label?: string;
  /** Epoch milliseconds. */
  since?: number;
  leftOut?: boolean;
  json?: boolean;
  csv?: boolean;
  md?: boolean;
}

/**
 * @returns the exit code: 1 when there was nothing to count.
 * @throws {OptionError} for a path that leads nowhere, and flags that do not go together.
 */
export async function showLedger(
  paths: readonly string[],
  flags: LedgerFlags,
  io: Terminal,
): Promise<number> {
  const { by = defaults.by, opponent, label, since, leftOut = false } = flags;
  requireOneForm(flags);
  const labels = labelsToCompare(flags);
  if (flags.sql !== undefined) requireNoChoice(flags);
  const given = paths.length === 0 ? defaults.paths : paths;
  if (flags.sql !== undefined) return showSql(await ledgerSql(given, flags.sql, flags, io), flags, io);
  const contents = await ledgerContents(given, flags, io);
  if (labels !== null) return showComparison(contents, { labels, flags }, io);
  const report = ledgerReport(contents, { by, filter: { opponent, label, since } });
  const print = (line: string): void =>
    printLine(io.stdout, printable(line, defaults.maxLineLength, io.redact));
  if (flags.json === true) {
    const { leftOut: hands, ...answer } = report;
    const told = leftOut ? { ...answer, leftOutHands: hands } : answer;
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(told))));
  } else if (leftOut) for (const line of leftOutLines(report)) print(line);
  else if (flags.csv === true) for (const line of csvOf(report)) print(line);
  else {
    const lines = flags.md === true ? markdownOf(report) : tableOf(report, io.screen?.size().columns);
    const isEmpty = report.total.matches === 0;
    for (const line of [...headLines(report), ...(isEmpty ? [] : ['', ...lines])]) print(line);
    if (isEmpty)
      printLine(io.stderr, printable(whyEmpty(contents, flags), defaults.maxLineLength, io.redact));
  }
  return report.total.matches > 0 ? exitCodes.done : exitCodes.failed;
}

/** What to do where no match was counted. */
function whyEmpty({ rows }: LedgerContents, { opponent, label, since }: LedgerFlags): string {
  if (rows.length === 0)
    return 'No match of a bot of yours is there: name a folder that `run --record` has written to.';
  const given = Object.entries({ opponent, label, since }).filter(([, value]) => value !== undefined);
  const known = {
    opponent: rows.flatMap(({ opponents }) => opponents),
    label: rows.flatMap((row) => row.label ?? []),
    since: [],
  };
  const told = given.map(([flag]) => {
    const names = [...new Set(known[flag as keyof typeof known])].slice(0, defaults.maxNames);
    return `--${flag}${names.length === 0 ? '' : ` (there are ${names.join(', ')})`}`;
  });
  return `No match fits ${told.join(' and ')}.`;
}

/** @returns the exit code: an answer without rows is one. */
function showSql({ columns, rows }: SqlAnswer, { json, csv, md }: LedgerFlags, io: Terminal): number {
  if (json === true) {
    const objects = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(objects))));
    return exitCodes.done;
  }
  const cells = rows.map((row) =>
    row.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))),
  );
  const texts = cells.map((row, index) => row.map((cell, at) => (rows[index]?.[at] === null ? '' : cell)));
  const columnAt = (index: number) => ({
    heading: columns[index] ?? '',
    short: columns[index] ?? '',
    cells: texts.map((row) => row[index] ?? ''),
  });
  const [first, ...others] = columns.map((_, index) => columnAt(index));
  const lines =
    csv === true
      ? [columns, ...texts].map(csvLine)
      : md === true
        ? markdownTable(columns, texts)
        : printedTable(first ?? columnAt(0), others);
  for (const line of lines) printLine(io.stdout, printable(line, defaults.maxLineLength, io.redact));
  return exitCodes.done;
}

/** The question itself says what is counted. */
function requireNoChoice(flags: LedgerFlags): void {
  const names = {
    by: 'by',
    opponent: 'opponent',
    label: 'label',
    since: 'since',
    leftOut: 'left-out',
  } as const;
  for (const [flag, name] of Object.entries(names)) {
    if (flags[flag as keyof typeof names] === undefined) continue;
    throw new OptionError(
      name,
      `--${name} does not go with --sql: let the question say it (GROUP BY, WHERE), or leave --sql out.`,
    );
  }
}

function requireOneForm({ json, csv, md }: LedgerFlags): void {
  const given = Object.entries({ json, csv, md }).filter(([, isGiven]) => isGiven === true);
  const [first, second] = given.map(([name]) => name);
  if (second !== undefined)
    throw new OptionError(
      second,
      `--${first} and --${second} are two forms of one answer: give one of them.`,
    );
}
