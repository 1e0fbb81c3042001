/** What the answers to one turn that is asked several times say. */
import type { BotFinding, CheckedTurn, CheckPart } from './check-report.js';
import type { TurnScenario } from './scenarios/scenario.js';
import type { Sightings } from './seated-match.js';

const defaults = {
  /** How often a hand is dealt that must not be folded, before a bot that mixes is told from one that always folds it. */
  nutDeals: 12,
} as const;

/** The bot's own answers, by request. */
export function answersOf(parts: readonly CheckPart[]): ReadonlyMap<string, CheckedTurn> {
  return new Map(parts.flatMap(({ turns }) => turns).map((turn) => [turn.requestId, turn]));
}

/** @param before the answers of another instance of the bot to the same turns. */
export function compareAnswers(
  before: ReadonlyMap<string, CheckedTurn>,
  after: readonly CheckedTurn[],
): BotFinding[] {
  const pairs = after.flatMap((turn) => {
    const earlier = before.get(turn.requestId);
    return earlier?.source === 'bot' && turn.source === 'bot' ? [{ earlier, turn }] : [];
  });
  const other = pairs.filter(({ earlier, turn }) => wordsOf(earlier) !== wordsOf(turn));
  const [first] = other;
  if (first === undefined) return [];
  const message = `${other.length} of ${pairs.length} turns were answered otherwise the second time, the first of them with ${wordsOf(first.turn)} after ${wordsOf(first.earlier)}.`;
  return [{ code: 'mixes', weight: 'told', message, hook: 'decide', requestId: first.turn.requestId }];
}

/** `raise 300` */
export function wordsOf({ answer: { action, params } }: Pick<CheckedTurn, 'answer'>): string {
  const amount = params?.['amount'];
  return typeof amount === 'number' ? `${action} ${amount}` : action;
}

/** Whether the bot folds a hand that cannot lose: always, which is a fault, or at times. */
export async function foldsTheNuts(
  { neverFold }: TurnScenario,
  seen: Sightings,
  again: () => Promise<Sightings>,
): Promise<BotFinding[]> {
  if (neverFold === undefined || !hasFolded(seen)) return [];
  let deals = 1;
  let folds = 1;
  while (deals < defaults.nutDeals) {
    deals += 1;
    if (hasFolded(await again())) folds += 1;
  }
  const isAlways = folds === deals;
  const how = isAlways ? `every time of ${deals}` : `${folds} times of ${deals}`;
  return [
    {
      code: 'folds_the_nuts',
      weight: isAlways ? 'costs' : 'warning',
      message: `It folds ${how}, although ${neverFold}.`,
      hook: 'decide',
      requestId: seen.turns.at(-1)?.requestId ?? null,
    },
  ];
}

/** The fold was the bot's own, and not sent in place of something else. */
function hasFolded({ turns, findings }: Sightings): boolean {
  const last = turns.at(-1);
  if (last?.answer.action !== 'fold' || last.source !== 'bot') return false;
  return !findings.some(({ requestId }) => requestId === last.requestId);
}
