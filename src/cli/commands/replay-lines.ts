/** The report of a replay in words. */

import { count, signed } from '../../io/reports/describe.js';
import { printable, type Redact } from '../../protocol/redact.js';
import { isEqual } from '../../replay/judge-hand.js';
import type { SeatAnswer } from '../../replay/replay-match.js';
import type {
  ReplayedDecision,
  ReplayedHand,
  ReplayFault,
  ReplayReport,
} from '../../replay/replay-report.js';
import { wrapped } from './wrapped.js';

const defaults = {
  columns: 80,
  maxLineLength: 300,
  markWidth: 13,
  streetWidth: 9,
  maxNameLength: 40,
  maxAnswers: 4,
  maxUnplayed: 10,
} as const;

const marks: Readonly<Record<ReplayedDecision['verdict'], string>> = {
  same: 'as played',
  changed: 'CHANGED',
  mixes: 'mixes',
  failed: 'FAILED',
  not_compared: 'not its own',
};

/** What is shown of a hand. */
export type ReplayDetail = 'all' | 'changed' | 'mixes' | 'faults';

const isTold = ({ verdict, isHypothetical, faults }: ReplayedDecision, detail: ReplayDetail): boolean => {
  if (detail === 'all') return true;
  if (detail === 'faults') return faults.length > 0;
  return verdict === detail && !isHypothetical;
};

/** The hands that have what is asked for; the worst are those that lost most. */
export function chosenHands(
  { hands }: Pick<ReplayReport, 'hands'>,
  { detail, worst }: { detail: ReplayDetail; worst: number | undefined },
): ReplayedHand[] {
  const having = hands.filter(
    ({ decisions, faults }) =>
      detail === 'all' ||
      decisions.some((decision) => isTold(decision, detail)) ||
      (detail === 'faults' && faults.length > 0),
  );
  if (worst === undefined) return having;
  return having.toSorted((a, b) => netOf(a) - netOf(b)).slice(0, worst);
}

/** A hand whose result is not known comes last. */
const netOf = ({ net }: ReplayedHand): number => net ?? Number.POSITIVE_INFINITY;

/** One hand: a line for itself, and one for each decision. */
export function replayHandLines(hand: ReplayedHand, detail: ReplayDetail, redact: Redact): string[] {
  const lines = [headOf(hand)];
  for (const decision of hand.decisions) {
    if (detail === 'all' || isTold(decision, detail)) lines.push(...decisionLines(decision, hand));
  }
  if (detail === 'all' || detail === 'faults') lines.push(...hand.faults.map((fault) => faultLine(fault)));
  return lines.map((line) => printable(line, defaults.maxLineLength, redact));
}

function headOf({ matchId, handNumber, opponents, net, pot, decisions }: ReplayedHand): string {
  const name = handNumber === null ? 'a hand' : `hand ${handNumber}`;
  const of = matchId === null ? '' : ` of ${matchId.slice(0, defaults.maxNameLength)}`;
  const against = opponents.length === 0 ? '' : ` against ${opponents.join(', ')}`;
  const cards = decisions[0]?.cards.join('') ?? '';
  const chips = net === null ? '' : `, ${signed(net)}`;
  const size = pot === null ? '' : ` in a pot of ${pot}`;
  return `${name}${of}${against}: ${cards}${chips}${size}`;
}

function decisionLines(decision: ReplayedDecision, { bigBlind }: ReplayedHand): string[] {
  const { verdict, isHypothetical, street, board, pot, toCall, potOdds, faults } = decision;
  const mark = isHypothetical ? `(${marks[verdict].toLowerCase()})` : marks[verdict];
  const deep = bigBlind === null || bigBlind <= 0 ? '' : ` (${(pot / bigBlind).toFixed(1)} bb)`;
  const odds = potOdds === null ? '' : `, ${toCall} to call (${percent(potOdds)})`;
  const where = `${street.padEnd(defaults.streetWidth)}${board.length === 0 ? '' : `${board.join('')} `}`;
  const head = `  ${mark.padEnd(defaults.markWidth)}${where}pot ${pot}${deep}${odds}: `;
  const lines = `${head}${answersOf(decision)}`;
  return [lines, ...faults.map((fault) => faultLine(fault))];
}

function answersOf({ played, answers, runs, verdict, share }: ReplayedDecision): string {
  const then = played === null ? 'not known' : answerWords(played);
  const [first] = answers;
  if (first === undefined) return `${then}, now no answer of its own`;
  if (verdict === 'same') return then;
  const isSteady = answers.length === 1 && verdict !== 'mixes';
  const by = played?.isOwn === false ? ' (in its place)' : '';
  if (isSteady) return `${then}${by}, now ${answerWords(first)}`;
  const others = answers
    .filter((answer) => played === null || !isEqual(answer, played))
    .slice(0, defaults.maxAnswers)
    .map((answer) => `${answerWords(answer)} in ${answer.times}`);
  const interval = `${Math.round(share.low * 100)} to ${percent(share.high)}`;
  const asThen = played === null ? [] : [`the same in ${share.times} of ${runs} (${interval})`];
  return `${then}${by}, now ${[...asThen, ...others].join(', ')}`;
}

/** `raise to 300` */
function answerWords({ action, amount }: SeatAnswer): string {
  return amount === null ? action : `${action}${action === 'raise' ? ' to' : ''} ${amount}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function faultLine({ code, hook, message, place, times }: ReplayFault): string {
  const where = place === undefined ? '' : ` at ${place}`;
  const often = times > 1 ? `, ${times} times` : '';
  return `    ${code}${hook === null ? '' : ` in ${hook}`}${where}: ${message}${often}`;
}

/** What it comes to, at the end. @param shown how many hands were printed before. */
export function replaySummary(
  file: string,
  report: ReplayReport,
  { shown, redact }: { shown: number; redact: Redact },
): string[] {
  const { counts, hands, faults, mixes, agreement, unplayed, finished, durationMs, repeat } = report;
  const { matches, decisions, same, changed, failed, notCompared, hypothetical } = counts;
  const seconds = (durationMs / 1_000).toFixed(1);
  const parts = [
    `${same} as played`,
    `${changed} changed`,
    counts.mixes > 0 && `${counts.mixes} mixed`,
    failed > 0 && `${failed} failed`,
    notCompared > 0 && `${notCompared} not its own`,
    hypothetical > 0 && `${hypothetical} after a difference`,
  ];
  const lines = faults.map((fault) => faultLine(fault).trimStart());
  lines.push(
    `${count(matches, 'match')}, ${count(counts.hands, 'hand')}, ${count(decisions, 'decision')}${repeat > 1 ? ` ${repeat} times` : ''} in ${seconds} s: ${parts.filter((part) => part !== false).join(', ')}.`,
  );
  if (!finished) lines.push('It was ended before the last match: this is what was played until then.');
  lines.push(...shiftLines(hands));
  if (mixes) lines.push(mixWords(repeat));
  if (agreement !== null && agreement.difference.interval !== null && mixes) {
    const { low, high } = agreement.difference.interval;
    const verdict =
      high < 0 ? 'It plays otherwise than it did.' : 'Nothing shows that it plays otherwise than it did.';
    lines.push(
      `It agrees with what was played in ${percent(agreement.withPlayed)}, and with itself in ${percent(agreement.withItself)} (${points(low)} to ${points(high)} points between them). ${verdict}`,
    );
  }
  const found = hands.length;
  if (found > shown)
    lines.push(`${count(found - shown, 'more hand')} with a difference: --worst, --only and --json choose.`);
  lines.push(...unplayedLines(unplayed));
  lines.push(closing(file, report));
  return lines.flatMap((line) =>
    wrapped(printable(line, 2 * defaults.maxLineLength, redact), defaults.columns),
  );
}

const points = (share: number): string => signed(Math.round(share * 100));

function mixWords(repeat: number): string {
  const advice = repeat < 20 ? ': --repeat 20 has better ones' : '';
  return `The bot mixes: it answers the same turn in several ways, so that one answer shows no change. Shares are of today's answers, with the interval of 95 %${advice}.`;
}

/** From what to what, the most frequent first. */
function shiftLines(hands: readonly ReplayedHand[]): string[] {
  const shifts = new Map<string, number>();
  for (const { decisions } of hands) {
    for (const { verdict, isHypothetical, played, answers, street } of decisions) {
      const [now] = answers;
      if (verdict !== 'changed' || isHypothetical || played === null || now === undefined) continue;
      const what =
        played.action === now.action ? `${now.action} of another size` : `${played.action} to ${now.action}`;
      const key = `${street} ${what}`;
      shifts.set(key, (shifts.get(key) ?? 0) + 1);
    }
  }
  if (shifts.size === 0) return [];
  const sorted = [...shifts].toSorted(([, a], [, b]) => b - a);
  return [`Changed: ${sorted.map(([what, times]) => `${what} ${times}`).join(', ')}.`];
}

function unplayedLines(unplayed: ReplayReport['unplayed']): string[] {
  const lines = unplayed.slice(0, defaults.maxUnplayed).map(({ matchId, handNumber, code, why }) => {
    const where = [matchId, handNumber === null ? null : `hand ${handNumber}`].filter(
      (part) => part !== null,
    );
    return `left out: ${where.length === 0 ? 'a hand' : where.join(', ')}: ${code}: ${why}`;
  });
  const more = unplayed.length - lines.length;
  return more > 0 ? [...lines, `and ${count(more, 'more hand')} left out; --json names all of them`] : lines;
}

function closing(file: string, { counts, hands, faults, mixes, repeat, agreement }: ReplayReport): string {
  const faulty = hands.filter(
    (hand) => hand.faults.length > 0 || hand.decisions.some((decision) => decision.faults.length > 0),
  ).length;
  if (counts.hands === 0) return `${file}: no hand was played.`;
  const told = [
    counts.changed > 0 &&
      `decides differently in ${counts.changed} of ${count(counts.decisions, 'decision')}`,
    (faulty > 0 || faults.length > 0) && `has faults in ${count(faulty, 'hand')}`,
  ].filter((part) => part !== false);
  if (told.length > 0) return `${file} ${told.join(' and ')}.`;
  if (!mixes) return `${file} decides as it did.`;
  // One play of each turn tells nothing of a bot that mixes.
  if (repeat < 20) return `${file} mixes: --repeat 20 tells whether it plays as it did.`;
  const { interval } = agreement?.difference ?? { interval: null };
  const isOther = interval !== null && interval.high < 0;
  return `${file} mixes${isOther ? ', and plays otherwise than it did' : ': nothing shows a change'}.`;
}
