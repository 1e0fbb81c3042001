/** Which matches there are. */
import type { MatchRun } from './match-run.js';

const defaults = {
  /** Matches that are over are remembered up to this number, the oldest go first. */
  keptEnded: 1_000,
} as const;

export interface MatchBook {
  add(run: MatchRun): void;
  /** Also one that is over, as long as it is remembered. */
  match(matchId: string): MatchRun | undefined;
  /** Those that are over first. */
  all(): MatchRun[];
  /** The matches that are not over. */
  live(): MatchRun[];
  /** To be called when a match is over. */
  retire(matchId: string): void;
}

export function createMatchBook(): MatchBook {
  const live = new Map<string, MatchRun>();
  const ended = new Map<string, MatchRun>();

  return {
    add(run) {
      live.set(run.matchId, run);
    },
    match: (matchId) => live.get(matchId) ?? ended.get(matchId),
    all: () => [...ended.values(), ...live.values()],
    live: () => [...live.values()],
    retire(matchId) {
      const run = live.get(matchId);
      if (run === undefined) return;
      live.delete(matchId);
      ended.set(matchId, run);
      const [oldest] = ended.keys();
      if (ended.size > defaults.keptEnded && oldest !== undefined) ended.delete(oldest);
    },
  };
}
