/** The comparison of two versions in words. */
import { count } from '../../io/reports/describe.js';
import type { LabelComparison, MixShare } from '../../ledger/compare-labels.js';
import type { Estimate } from '../../statistics/mean-interval.js';
import { verdictWords } from '../../statistics/verdict-words.js';
import { markdownTable } from './markdown-table.js';
import { printedTable } from './printed-table.js';

/** The line that says it. */
export const labelVerdict = ({ verdict, labels }: LabelComparison): string => verdictWords(verdict, labels);

/** What has to be known of it. */
export function labelHead(comparison: LabelComparison): string[] {
  const { a, b, labels, open, met, verdict, mix } = comparison;
  const pairs = mix.reduce((sum, one) => sum + one.pairs, 0);
  const lines = [
    `${labels.a}: ${versionWords(a)}`,
    `${labels.b}: ${versionWords(b)}`,
    `${count(pairs, 'matched pair')}: a match of each against the same opponent with the same format, in the order of time`,
  ];
  if (pairs === 0)
    lines.push(
      `They have not met the same opponents. Let both play the same ones${met > 0 ? '' : ', or each other: chipzen-agent arena'}.`,
    );
  if (met > 0)
    lines.push(
      `They played each other in ${count(met, 'match')}, of which none is a matched pair: --by version,opponent in place of --a and --b tells what came of them.`,
    );
  if (open > 0) lines.push(`${count(open, 'match')} without a known end, not compared`);
  if (verdict.n > 0)
    lines.push(
      'The interval holds at all times at once: it may be read after each match, and again tomorrow.',
    );
  return lines;
}

function versionWords({ matches, won, unknown, bbPer100, adjustedPer100 }: LabelComparison['a']): string {
  const known = matches - unknown;
  const share = known === 0 ? '' : ` (${Math.round((100 * won) / known)} %)`;
  return `${count(matches, 'match')}, ${won} won${share}, ${rateWords(bbPer100)} bb/100, ${rateWords(adjustedPer100)} all-in adjusted`;
}

function rateWords({ value, interval }: Estimate): string {
  if (value === null) return 'unknown';
  const bounds = interval === null ? '' : ` (${interval.low.toFixed(1)} to ${interval.high.toFixed(1)})`;
  return `${value > 0 ? '+' : ''}${value.toFixed(1)}${bounds}`;
}

const shareWords = ({ matches, share }: MixShare): string =>
  matches === 0 ? '-' : `${matches} (${Math.round(100 * share)} %)`;
const wonWords = ({ matches, won }: MixShare): string =>
  matches === 0 ? '-' : `${Math.round((100 * won) / matches)} %`;

/** Whom each of them met. @param room cells of the terminal. */
export function mixTable(
  { mix, labels }: LabelComparison,
  { isMarkdown, room }: { isMarkdown: boolean; room?: number | undefined },
): string[] {
  const headings = [
    'opponent',
    'format',
    'pairs',
    ...[labels.a, labels.b].flatMap((label) => [`${label}: matches`, 'won']),
  ];
  const cells = mix.map(({ opponent, format, pairs, a, b }) => [
    opponent,
    format,
    String(pairs),
    shareWords(a),
    wonWords(a),
    shareWords(b),
    wonWords(b),
  ]);
  if (isMarkdown) return markdownTable(headings, cells, 2);
  const columns = headings.map((heading, index) => ({
    heading,
    short: heading,
    cells: cells.map((row) => row[index] ?? ''),
  }));
  const [first, ...others] = columns;
  return first === undefined ? [] : printedTable(first, others, room);
}
