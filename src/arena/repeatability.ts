/** Whether the same seed gives the same, and what was seen that says otherwise. */
import { count } from '../io/reports/describe.js';
import type { ArenaResult, PairingResult, UnrepeatableCause } from './arena-result.js';

/** @param isUnlike a block was seen to come out differently when it was played again. */
export function unrepeatableCauses(
  pairings: readonly Pick<PairingResult, 'bots' | 'answers' | 'readsClock'>[],
  isUnlike: boolean,
): UnrepeatableCause[] {
  const clocks = new Set<number>();
  const turnsOf = new Map<number, number>();
  for (const { bots, answers, readsClock } of pairings) {
    for (const [at, bot] of bots.entries()) {
      if (readsClock[at] === true) clocks.add(bot);
      const turns = answers[at]?.answeredFor ?? 0;
      if (turns > 0) turnsOf.set(bot, (turnsOf.get(bot) ?? 0) + turns);
    }
  }
  return [
    ...[...clocks].map((bot) => ({ cause: 'clock', bot }) as const).toSorted(inOrder),
    ...[...turnsOf].map(([bot, turns]) => ({ cause: 'answered for', bot, turns }) as const).toSorted(inOrder),
    ...(isUnlike ? [{ cause: 'unlike' } as const] : []),
  ];
}

const inOrder = (a: { readonly bot: number }, b: { readonly bot: number }): number => a.bot - b.bot;

/** Such as `not repeatable: new reads a clock, and 3 turns were answered for old`. */
export function repeatableWords({
  terms,
  unrepeatable,
}: Pick<ArenaResult, 'terms' | 'unrepeatable'>): string {
  if (unrepeatable.length === 0) return 'the same seed gives the same';
  const words = unrepeatable.map((cause) => causeWords(terms.names, cause));
  const last = words.pop() ?? '';
  return `not repeatable: ${words.length === 0 ? last : `${words.join(', ')}, and ${last}`}`;
}

function causeWords(names: readonly string[], cause: UnrepeatableCause): string {
  switch (cause.cause) {
    case 'clock':
      return `${names[cause.bot]} reads a clock`;
    case 'answered for':
      return `${count(cause.turns, 'turn')} ${cause.turns === 1 ? 'was' : 'were'} answered for ${names[cause.bot]}`;
    case 'unlike':
      return 'a block came out differently when it was played again';
  }
}
