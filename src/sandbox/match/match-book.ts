/** The matches of a platform. */
import type { MatchRun } from './match-run.js';

const defaults = {
  /** How many ended matches are remembered; the oldest are forgotten first. */
  keptEnded: 1_000,
} as const;

export interface MatchBook {
  add(run: MatchRun): void;
  /** Finds a match, also an ended one while it is remembered. */
  match(matchId: string): MatchRun | undefined;
  /** All matches, ended ones first. */
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
