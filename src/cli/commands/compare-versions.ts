/** `chipzen-agent ledger --a LABEL --b LABEL`: which of two versions is better, as recorded matches tell it. */
import { compareLabels } from '../../ledger/compare-labels.js';
import type { LedgerContents } from '../../ledger/read-ledger.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { labelHead, labelVerdict, mixTable } from './label-lines.js';

const defaults = { maxLineLength: 400, maxNames: 8 } as const;

/** Flags of the ledger that a comparison has no use for. */
const otherFlags = ['by', 'label', 'sql', 'csv', 'leftOut'] as const;

export interface CompareFlags extends Partial<Record<(typeof otherFlags)[number], unknown>> {
  a?: string;
  b?: string;
  opponent?: string;
  /** Epoch milliseconds. */
  since?: number;
  json?: boolean;
  md?: boolean;
}

/**
 * @returns both labels; null where none is given.
 * @throws {OptionError} for one alone, for the same one twice, and with flags that do not go with them.
 */
export function labelsToCompare(flags: CompareFlags): { a: string; b: string } | null {
  const { a, b } = flags;
  if (a === undefined && b === undefined) return null;
  if (a === undefined || b === undefined)
    throw new OptionError(
      a === undefined ? 'a' : 'b',
      '--a and --b name the two versions of a comparison: give both.',
    );
  if (a === b) throw new OptionError('b', '--a and --b are two different labels.');
  const other = otherFlags.find((name) => flags[name] !== undefined);
  if (other !== undefined) {
    const name = other === 'leftOut' ? 'left-out' : other;
    throw new OptionError(name, `--${name} does not go with a comparison: leave it out, or --a and --b.`);
  }
  return { a, b };
}

/** @returns the exit code: 1 where one of the labels has no match. */
export function showComparison(
  contents: LedgerContents,
  { labels, flags }: { labels: { a: string; b: string }; flags: CompareFlags },
  io: Terminal,
): number {
  const { opponent, since, json, md = false } = flags;
  const comparison = compareLabels(contents.rows, labels, { opponent, since });
  const missing = [labels.a, labels.b].filter(
    (_, index) => [comparison.a, comparison.b][index]?.matches === 0,
  );
  const verdict = labelVerdict(comparison);
  if (json === true)
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ words: verdict, ...comparison }))));
  else if (missing.length === 0) {
    const table = mixTable(comparison, { isMarkdown: md, room: io.screen?.size().columns });
    for (const line of [verdict, '', ...labelHead(comparison), '', ...table])
      printLine(io.stdout, printable(line, defaults.maxLineLength, io.redact));
  }
  if (missing.length === 0) return exitCodes.done;
  const known = [...new Set(contents.rows.flatMap(({ label }) => label ?? []))].slice(0, defaults.maxNames);
  const there =
    known.length === 0 ? 'no match has a label: see `run --label`' : `there are ${known.join(', ')}`;
  const line = `No match fits the label ${missing.join(' and ')} (${there}).`;
  printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  return exitCodes.failed;
}
