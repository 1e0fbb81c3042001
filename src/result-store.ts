import type { MatchResult } from './protocol/results.js';

/** Results in the order in which the matches ended. */
export interface ResultStore {
  /** A match that was abandoned before and is played again has its result replaced. */
  add(result: MatchResult): void;
  all(): MatchResult[];
}

/** @param keep how many are kept, the newest ones; `Infinity` for all. */
export function collectResults(keep: number): ResultStore {
  const results = new Map<string, MatchResult>();
  return {
    add(result) {
      results.delete(result.matchId);
      results.set(result.matchId, result);
      for (const oldest of results.keys()) {
        if (results.size <= keep) break;
        results.delete(oldest);
      }
    },
    all: () => [...results.values()],
  };
}
