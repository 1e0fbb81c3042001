/** The result of an arena in lines. */
import type { ArenaStart } from '../../arena/arena-options.js';
import type { ArenaContrast, ArenaResult, PairingResult, RecordedHands } from '../../arena/arena-result.js';
import { luckWords } from '../../arena/luck-words.js';
import { repeatableWords } from '../../arena/repeatability.js';
import { count } from '../../io/reports/describe.js';
import { verdictWords } from '../../statistics/verdict-words.js';
import { arenaDetailLines, figureText } from './arena-detail-lines.js';
import { printedTable } from './printed-table.js';
import { wrapped } from './wrapped.js';

const defaults = {
  columns: 100,
  /** Turns that were answered for, as a share of a bot's turns, from which a verdict is doubtful. */
  doubtfulShare: 0.001,
  maxLosses: 5,
} as const;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function arenaStartLine({ jobs, botsPerJob, memoryMb, playedBefore, fleet }: ArenaStart): string {
  const bots = botsPerJob === 0 ? '' : `, with ${count(jobs * botsPerJob, 'bot')} of their own`;
  const before = playedBefore === 0 ? '' : `; ${whole.format(playedBefore)} pairs are there already`;
  if (fleet !== null) return `run ${fleet.run}: workers play, over ${fleet.server}${before}`;
  return `${count(jobs, 'job')}${bots}, about ${whole.format(memoryMb)} MB${before}`;
}

/** @param folder as its user gave it. */
export function recordedLine({ matches }: RecordedHands, folder: string): string {
  const what = matches === 0 ? 'Nothing was added' : `The hands of ${count(matches, 'match')} were written`;
  return `${what} to ${folder}: see chipzen-agent ledger ${folder}.`;
}

export function arenaLines(result: ArenaResult, columns: number = defaults.columns): string[] {
  const { pairings, terms, end } = result;
  const contrasts = pairings.flatMap((pairing) =>
    pairing.contrasts.map((contrast) => ({ pairing, contrast })),
  );
  const lines = contrasts.flatMap(({ contrast }) => wrapped(`${sentenceOf(result, contrast)}.`, columns - 1));
  if (end === 'stopped') lines.push('It was ended before all was played.');
  return [
    ...lines,
    '',
    ...tableOf(result, contrasts, columns),
    '',
    ...pairings.flatMap((pairing) => arenaDetailLines(result, pairing, columns)),
    ...[
      ...luckWords(result),
      ...pairings.flatMap((pairing) => disturbances(result, pairing)),
      `${playedWords(result)}, seed ${terms.seed}: ${repeatableWords(result)}`,
    ].flatMap((line) => wrapped(line, columns - 1)),
  ];
}

function sentenceOf({ terms }: ArenaResult, { bot, against, verdict }: ArenaContrast): string {
  return verdictWords(verdict, { a: terms.names[against] ?? '', b: terms.names[bot] ?? '' });
}

interface TableRow {
  pairing: PairingResult;
  contrast: ArenaContrast;
}

function tableOf({ terms }: ArenaResult, rows: readonly TableRow[], columns: number): string[] {
  const isMatch = terms.mode === 'matches';
  const scale = isMatch ? 100 : 1;
  const text = (value: number | null | undefined): string =>
    figureText(value === null || value === undefined ? null : value * scale);
  const cellsOf = (of: (row: TableRow) => string): string[] => rows.map(of);
  const unit = isMatch ? '% won' : 'bb/100';
  const column = (heading: string, short: string, of: (row: TableRow) => string) => ({
    heading,
    short,
    cells: cellsOf(of),
  });
  return printedTable(
    {
      heading: 'bot',
      short: 'bot',
      cells: cellsOf(({ contrast: { bot, against } }) => `${terms.names[bot]} less ${terms.names[against]}`),
    },
    [
      column(isMatch ? 'pairs' : 'deals', 'n', ({ pairing }) => whole.format(pairing.pairs)),
      column('hands', 'hands', ({ pairing }) => whole.format(pairing.hands)),
      column(unit, unit, ({ contrast }) => text(contrast.verdict.mean)),
      column('from', 'from', ({ contrast }) => text(boundsOf(contrast)?.low)),
      column('to', 'to', ({ contrast }) => text(boundsOf(contrast)?.high)),
      column('error', '±', ({ contrast }) => text(contrast.verdict.error)),
      ...(isMatch
        ? []
        : [
            column('unpaired', 'unp.', ({ contrast }) => text(contrast.unpairedError)),
            column('correlation', 'corr.', ({ contrast }) => figureText(contrast.correlation, 2)),
          ]),
    ],
    columns,
  );
}

/** Before the first pair they are those of the stacks. */
const boundsOf = ({ verdict: { n, interval } }: ArenaContrast): typeof interval =>
  n === 0 ? null : interval;

/** What should not happen, by bot; nothing where it did not. */
function disturbances(
  result: ArenaResult,
  { bots, answers, losses, lostPairs, contrasts }: PairingResult,
): string[] {
  const { names } = result.terms;
  const lines = answers.flatMap(({ turns, answeredFor, failed, corrected }, at) => {
    const name = names[bots[at] ?? 0] ?? '';
    const share = turns === 0 ? 0 : answeredFor / turns;
    const found = [
      answeredFor > 0 &&
        `${whole.format(answeredFor)} of its ${whole.format(turns)} turns were answered for it (${(100 * share).toFixed(2)} %)`,
      failed > 0 && `it failed ${whole.format(failed)} times`,
      corrected > 0 && `${whole.format(corrected)} answers were not legal`,
    ].filter((words) => words !== false);
    return found.length === 0 ? [] : [`${name}: ${found.join(', ')}.`];
  });
  for (const { pair, leg, bot, why, message } of losses.slice(0, defaults.maxLosses)) {
    lines.push(
      `${names[bots[bot] ?? 0]} was lost in pair ${pair + 1}, leg ${leg + 1} (${why}): ${message} It folded on.`,
    );
  }
  if (lostPairs > 0) lines.push(`A bot was lost in ${count(lostPairs, 'pair')}; all of them count.`);
  const isDoubtful = answers.some(({ turns, answeredFor }) => answeredFor > turns * defaults.doubtfulShare);
  for (const contrast of isDoubtful ? contrasts : []) {
    if (contrast.undisturbed === null) continue;
    lines.push(
      `Without the pairs in which a turn was answered for: ${sentenceOf(result, { ...contrast, verdict: contrast.undisturbed })}.`,
    );
  }
  return lines;
}

function playedWords({ terms, playedNow, elapsedMs }: ArenaResult): string {
  const rate = elapsedMs > 0 ? ` (${whole.format((playedNow * 1_000) / elapsedMs)} a second)` : '';
  return terms.mode === 'deals'
    ? `${whole.format(playedNow)} deals now${rate}, ${terms.startingStack / terms.bigBlind} bb each`
    : `${whole.format(playedNow)} pairs of matches now${rate}`;
}
