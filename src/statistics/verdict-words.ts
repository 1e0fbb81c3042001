/** A verdict in words: the same line for the terminal, JSON and pages. */
import type { MoreValues } from './sample-size.js';
import { type DuelVerdict, type VerdictUnit, type VerdictValues, verdictDefaults } from './verdict.js';

export interface VerdictNames {
  readonly a: string;
  readonly b: string;
}

const grouped = new Intl.NumberFormat('en');
const singular: Readonly<Record<VerdictValues, string>> = {
  deals: 'deal',
  matches: 'match',
  'pairs of matches': 'pair of matches',
  'matched pairs': 'matched pair',
};

const unitWords: Readonly<Record<VerdictUnit, string>> = {
  'bb/100': 'bb/100',
  share: '%',
  points: 'points of matches won',
};

/** Such as `B is better by 4.1 bb/100 so far (2.2 to 6.0) after 18,400 deals`. */
export function verdictWords(verdict: DuelVerdict, names: VerdictNames): string {
  const after = `after ${counted(verdict.n, verdict.values)}`;
  return `${sentenceOf(verdict, names, after)}${correctionOf(verdict)}`;
}

function sentenceOf(verdict: DuelVerdict, names: VerdictNames, after: string): string {
  const { outcome, unit, interval, mean } = verdict;
  const { a, b } = names;
  if (outcome === 'passed' || outcome === 'failed') return testSentence(verdict, names, after);
  if (outcome === 'undecided' || interval === null || mean === null)
    return `not decided ${after}: ${undecidedWords(verdict, names)}`;
  if (unit === 'share')
    return `${b} is ${outcome} than ${a}: it won ${percent(mean)} so far (${sharesOf(interval)}) ${after}`;
  const sign = outcome === 'better' ? 1 : -1;
  const [near, far] = sign === 1 ? [interval.low, interval.high] : [-interval.high, -interval.low];
  return `${b} is ${outcome} than ${a} by ${(sign * mean).toFixed(1)} ${unitWords[unit]} so far (${near.toFixed(1)} to ${far.toFixed(1)}) ${after}`;
}

function testSentence({ outcome, sprt, mean }: DuelVerdict, { a, b }: VerdictNames, after: string): string {
  const { low = 0, high = 0, ratio = null, limit = 0 } = sprt ?? {};
  const [likely, other] = outcome === 'passed' ? [high, low] : [low, high];
  return `${outcome} ${after}: that ${b} is better than ${a} by ${likely} bb/100 is likelier than ${other} (log-likelihood ratio ${fixed(ratio, 2)} of ±${limit.toFixed(2)}, ${signed(mean)} bb/100 so far)`;
}

function undecidedWords(verdict: DuelVerdict, { a, b }: VerdictNames): string {
  const { reason, values, unit, mean, interval, sprt } = verdict;
  if (reason === 'few') return `fewer than ${counted(verdictDefaults.minValues, values)} say nothing`;
  if (reason === 'spread unknown') return `what ${values} spread by hangs on too few of them yet`;
  if (reason === 'no spread') return `all of them came out alike, at ${levelOf(verdict)}`;
  if (reason === 'not alike') return 'later ones contradict earlier ones, so that they are not alike';
  const rest = moreWords(verdict.more, values);
  if (sprt !== null)
    return `log-likelihood ratio ${fixed(sprt.ratio, 2)} of ±${sprt.limit.toFixed(2)} for ${sprt.high} bb/100 against ${sprt.low}, ${b} less ${a} is ${signed(mean)} so far; ${rest}`;
  const bounds = interval ?? { low: Number.NaN, high: Number.NaN };
  if (unit === 'share') return `${b} won ${levelOf(verdict)} so far (${sharesOf(bounds)}); ${rest}`;
  return `${b} less ${a} is ${levelOf(verdict)} so far (${signed(bounds.low)} to ${signed(bounds.high)}); ${rest}`;
}

const levelOf = ({ unit, mean }: DuelVerdict): string =>
  unit === 'share' ? percent(mean ?? 0) : `${signed(mean)} ${unitWords[unit]}`;

function moreWords(more: MoreValues | null, values: VerdictValues): string {
  if (more === null) return `how many more ${values} it takes cannot be said yet`;
  const [low, high] = [rounded(more.low), more.high === null ? null : rounded(more.high)];
  if (high === null) return `at least ${grouped.format(low)} more ${values} at this rate`;
  if (low === high) return `about ${grouped.format(low)} more ${values} at this rate`;
  return `about ${grouped.format(low)} to ${grouped.format(high)} more ${values} at this rate`;
}

function correctionOf({ alpha, comparisons }: DuelVerdict): string {
  if (comparisons === 1) return '';
  return ` (one of ${comparisons} comparisons: each may be wrong in ${((100 * alpha) / comparisons).toPrecision(2)} %, all together in ${100 * alpha} %)`;
}

const counted = (n: number, values: VerdictValues): string =>
  `${grouped.format(n)} ${n === 1 ? singular[values] : values}`;

/** To two digits, as more would promise too much. */
const rounded = (count: number): number => Number(Math.max(1, count).toPrecision(2));

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const sharesOf = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `${(100 * low).toFixed(1)} to ${percent(high)}`;

const fixed = (value: number | null, digits: number): string =>
  value === null ? '-' : value.toFixed(digits);

function signed(value: number | null): string {
  if (value === null) return '-';
  const text = Math.abs(value).toFixed(1);
  return text === '0.0' ? text : `${value > 0 ? '+' : '−'}${text}`;
}
