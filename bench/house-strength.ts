/** How strong the house bots are against each other. */
import type { ArenaResult } from '../src/arena/index.js';
import { type HouseBotName, houseBotNames } from '../src/house/house-bot-names.js';
import { runArena } from './built.js';

const defaults = {
  /** Each is played twice with the seats changed, so that the cards favour nobody. */
  deals: 100_000,
  seed: 'panel',
  /** In big blinds: as deep as a match begins, and as short as it often ends. */
  stacks: [100, 10],
} as const;

export interface StrengthOptions {
  /** Of each pair. Default: 100,000. */
  deals?: number;
}

export interface Duel {
  /** Names. */
  bots: readonly [string, string];
  deals: number;
  /** What both begin each hand with, in big blinds. */
  stack: number;
  /** What the first wins of the second, in big blinds a hundred hands. */
  rate: number;
  standardError: number;
  /** Answers of both that were not legal, or not there. */
  corrected: number;
}

/** Each against each, heads-up; in rows, the weaker ones of the list first. */
export async function* measureStrength({
  deals = defaults.deals,
}: StrengthOptions = {}): AsyncGenerator<Duel> {
  for (const stack of defaults.stacks) yield* await duels(houseBotNames, { deals, stack });
}

export async function duels(
  bots: readonly HouseBotName[],
  { deals, stack, seed = defaults.seed }: { deals: number; stack: number; seed?: string },
): Promise<Duel[]> {
  const result: ArenaResult = await runArena({ bots, pool: 'round-robin', deals, stackBb: stack, seed });
  return result.pairings.flatMap(({ contrasts: [contrast], pairs, answers }) => {
    if (contrast === undefined) return [];
    const { bot, against, verdict } = contrast;
    const sum = (each: (one: (typeof answers)[number]) => number) =>
      answers.reduce((total, one) => total + each(one), 0);
    return {
      bots: [result.terms.names[bot] ?? '', result.terms.names[against] ?? ''] as const,
      deals: pairs,
      stack,
      rate: verdict.mean ?? Number.NaN,
      standardError: verdict.error ?? Number.NaN,
      corrected: sum(({ corrected, answeredFor, failed }) => corrected + answeredFor + failed),
    };
  });
}
