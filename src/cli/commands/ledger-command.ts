/** `chipzen-agent ledger`: what each version of the bot won, against whom. */

import type { LedgerKey } from '../../ledger/ledger-groups.js';
import { ledgerReport } from '../../ledger/ledger-report.js';
import { readLedger } from '../../ledger/read-ledger.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { systemNow } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { showCollection } from './collection-progress.js';
import { csvOf, headLines, leftOutLines, markdownOf, tableOf } from './ledger-lines.js';

const defaults = { paths: ['matches'], by: ['version'], maxLineLength: 400 } as const;

export interface LedgerFlags {
  by?: LedgerKey[];
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
  const progress = showCollection(io, systemNow);
  const contents = await readLedger(paths.length === 0 ? defaults.paths : paths, {
    onProgress: progress.show,
  });
  progress.end();
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
    for (const line of [...headLines(report), '', ...lines]) print(line);
  }
  return report.total.matches > 0 ? exitCodes.done : exitCodes.failed;
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
