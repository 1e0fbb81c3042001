import type { MatchResult } from '../protocol/results.js';
import { sizeOf } from '../protocol/size-of.js';

const defaults = {
  /** The limit of their memory, whatever their number: enough for ten thousand ordinary matches. */
  maxBytes: 64 * 1024 * 1024,
} as const;

/** Results in the order in which the matches ended. */
export interface ResultStore {
  /** Adds a result. It replaces the result of the same match if that was abandoned before. */
  add(result: MatchResult): void;
  all(): MatchResult[];
}

/**
 * @param keep how many of the newest results are kept; `Infinity`: all that fit in 64 MiB. The last one is always
 * kept.
 */
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
