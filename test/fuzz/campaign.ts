/** Runs all targets for so many cases, or for so long. */
import type { Target } from './targets.js';

export interface CampaignOptions {
  targets: readonly Target[];
  seed: number;
  /** Cases of all targets together, at least. */
  cases: number;
  /** No round begins after this many milliseconds. */
  budgetMs?: number;
  now?: () => number;
  onRound?: (round: { seed: number; counts: ReadonlyMap<string, number> }) => void;
}

const defaults = { casesPerRound: 10_000 } as const;

/**
 * Rounds of at most 10000 cases, each with a seed of its own, so that one round can be run again alone.
 *
 * @returns how many cases each target had.
 * @throws the report of the first case that fails, with the seed of its round.
 */
export async function runFuzz(options: CampaignOptions): Promise<ReadonlyMap<string, number>> {
  const { targets, cases, budgetMs = Infinity, now = () => performance.now(), onRound } = options;
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  const counts = new Map<string, number>();
  const startedAt = now();
  let done = 0;
  for (let seed = options.seed; done < cases && now() - startedAt < budgetMs; seed += 1) {
    const round = Math.min(defaults.casesPerRound, cases - done);
    for (const target of targets) {
      const part = Math.max(1, Math.round((round * target.share) / shares));
      try {
        await target.run({ seed, cases: part });
      } catch (cause) {
        throw new Error(
          `${target.name}, seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`,
          {
            cause,
          },
        );
      }
      counts.set(target.name, (counts.get(target.name) ?? 0) + part);
      done += part;
    }
    onRound?.({ seed, counts });
  }
  return counts;
}
