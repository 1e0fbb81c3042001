/** What several plays of one hand say about the bot. */
import type { FindingCode } from '../check/check-report.js';
import type { JsonObject } from '../protocol/frames.js';
import { wilsonInterval } from '../statistics/share-interval.js';
import type { SeatFinding, SeatRun, SentAnswer } from './play-seat.js';
import type { AskStep, ReplayHand, SeatAnswer } from './replay-match.js';
import type { RepeatedAnswer, ReplayedDecision, ReplayFault, ReplayVerdict } from './replay-report.js';

const asksOf = ({ steps }: ReplayHand): AskStep[] => steps.filter((step) => step.type === 'ask');

/** Turns that no run came to, because it was ended, are missing. @param runs one or more. */
export function judgeHand(hand: ReplayHand, runs: readonly SeatRun[]): ReplayedDecision[] {
  /** Runs in which all so far was as played. */
  let onLine: readonly SeatRun[] = runs;
  return asksOf(hand).flatMap((step) => {
    const id = step.frame.request_id;
    const isHypothetical = onLine.length === 0;
    const asked = (isHypothetical ? runs : onLine).filter(({ answers }) => answers.has(id));
    if (runs.every(({ answers }) => !answers.has(id))) return [];
    const sent = asked.flatMap(({ answers }) => answers.get(id) ?? []);
    const own = sent.filter(({ isOwn }) => isOwn);
    const { played } = step;
    const times = own.filter((answer) => isAsPlayed(answer, played)).length;
    // Where it is not known what the bot chose then, nothing says that the hand would have gone on otherwise.
    if (played?.isOwn === true)
      onLine = onLine.filter(({ answers }) => {
        const answer = answers.get(id);
        return answer === undefined || isAsPlayed(answer, played);
      });
    const decision: ReplayedDecision = {
      ...spotOf(step.frame),
      played,
      answers: countAnswers(own),
      runs: own.length,
      verdict: verdictOf({ isKnown: played?.isOwn === true, times, own }),
      isHypothetical,
      share: { times, ...wilsonInterval(times, own.length) },
      faults: faultsOf(runs, ({ requestId, hook }) => requestId === id && hook === 'decide'),
    };
    return [decision];
  });
}

function verdictOf({
  isKnown,
  times,
  own,
}: {
  isKnown: boolean;
  times: number;
  own: readonly SentAnswer[];
}): ReplayVerdict {
  if (own.length === 0) return 'failed';
  const [first] = own;
  if (first !== undefined && own.some((answer) => !isEqual(answer, first))) return 'mixes';
  if (!isKnown) return 'not_compared';
  return times === own.length ? 'same' : 'changed';
}

const isAsPlayed = (answer: SeatAnswer, played: SeatAnswer | null): boolean =>
  played !== null && isEqual(answer, played);

/** Amounts of raises count; those of anything else follow from the turn. */
export function isEqual(a: SeatAnswer, b: SeatAnswer): boolean {
  return a.action === b.action && (a.action !== 'raise' || a.amount === b.amount);
}

function countAnswers(answers: readonly SentAnswer[]): RepeatedAnswer[] {
  const counted: { action: string; amount: number | null; times: number }[] = [];
  for (const { action, amount } of answers) {
    const known = counted.find((other) => isEqual(other, { action, amount }));
    if (known === undefined) counted.push({ action, amount, times: 1 });
    else known.times += 1;
  }
  return counted.toSorted((a, b) => b.times - a.times);
}

/** A busy machine makes any bot slow once. */
const ofTime: ReadonlySet<FindingCode> = new Set(['late', 'blocked', 'hook_slow']);

/** Faults of the same kind are one, with the number of runs that had it. */
export function faultsOf(
  runs: readonly Pick<SeatRun, 'findings'>[],
  isWanted: (finding: SeatFinding) => boolean,
): ReplayFault[] {
  const faults = new Map<string, { finding: SeatFinding; times: number }>();
  for (const { findings } of runs) {
    const seen = new Set<string>();
    for (const finding of findings) {
      if (!isWanted(finding)) continue;
      const key = `${finding.code} ${finding.hook} ${finding.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const known = faults.get(key) ?? { finding, times: 0 };
      faults.set(key, { ...known, times: known.times + 1 });
    }
  }
  const counted = [...faults.values()].filter(
    ({ finding, times }) => !ofTime.has(finding.code) || times > 1 || runs.length === 1,
  );
  return counted.map(({ finding, times }) => {
    const { handIndex: _, ...told } = finding;
    return { ...told, times };
  });
}

type DecisionSpot = Pick<
  ReplayedDecision,
  'requestId' | 'street' | 'cards' | 'board' | 'pot' | 'toCall' | 'potOdds'
>;

/** What a turn says of where it stands; a field that is missing or of the wrong type is empty. */
function spotOf({ request_id: requestId, state }: AskStep['frame']): DecisionSpot {
  const { phase, your_hole_cards: cards, board, pot, to_call: owed } = (state ?? {}) as JsonObject;
  const [chips, toCall] = [numberOf(pot), numberOf(owed)];
  return {
    requestId,
    street: typeof phase === 'string' ? phase : '',
    cards: textsOf(cards),
    board: textsOf(board),
    pot: chips,
    toCall,
    potOdds: toCall > 0 ? toCall / (chips + toCall) : null,
  };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
