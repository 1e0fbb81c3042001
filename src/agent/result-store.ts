import type { MatchResult } from '../protocol/results.js';
import { sizeOf } from '../protocol/size-of.js';

const defaults = {
  /** Of memory that the results take, whatever their number: some ten thousand of ordinary matches. */
  maxBytes: 64 * 1024 * 1024,
} as const;

/** Results in the order in which the matches ended. */
export interface ResultStore {
  /** A match that was abandoned before and is played again has its result replaced. */
  add(result: MatchResult): void;
  all(): MatchResult[];
}

/** @param keep how many are kept, the newest ones; `Infinity` for all that 64 MiB hold. The last one is always kept. */
export function collectResults(keep: number): ResultStore {
  const kept = new Map<string, { result: MatchResult; size: number }>();
  let bytes = 0;

  const drop = (matchId: string): void => {
    bytes -= kept.get(matchId)?.size ?? 0;
    kept.delete(matchId);
  };

  return {
    add(result) {
      drop(result.matchId);
      const size = sizeOf(result);
      kept.set(result.matchId, { result, size });
      bytes += size;
      for (const oldest of kept.keys()) {
        const isFull = kept.size > keep || (bytes > defaults.maxBytes && kept.size > 1);
        if (!isFull) break;
        drop(oldest);
      }
    },
    all: () => Array.from(kept.values(), ({ result }) => result),
  };
}
