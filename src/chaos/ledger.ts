/** Who was seen how often, and what each fault has done there: the memory that outlives a connection. */
import { createHash } from 'node:crypto';
import type { ConnectionLeg } from './http-head.js';

const defaults = {
  /** Paths that are remembered; the ones not dialled for longest go first. */
  maxPaths: 10_000,
} as const;

/** One connection to a path. */
export interface Visit {
  readonly leg: ConnectionLeg;
  /** How many paths of this leg were there when this one was first seen, it included. */
  readonly ordinal: number;
  /** The number of this connection to its path, from 1. */
  readonly connection: number;
  /** Whether the fault may strike once more at this path; if so it has. */
  spend(fault: number, times: number): boolean;
}

export interface Ledger {
  enter(leg: ConnectionLeg, path: string): Visit;
}

interface Entry {
  ordinal: number;
  connections: number;
  spent: Map<number, number>;
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const seen: Record<ConnectionLeg, number> = { lobby: 0, match: 0, other: 0 };

  return {
    enter(leg, path) {
      // A path may be as long as a whole head.
      const key = createHash('sha256').update(path).digest('base64');
      const entry = entries.get(key) ?? { ordinal: (seen[leg] += 1), connections: 0, spent: new Map() };
      entry.connections += 1;
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > defaults.maxPaths && oldest !== undefined) entries.delete(oldest);
      return {
        leg,
        ordinal: entry.ordinal,
        connection: entry.connections,
        spend(fault, times) {
          const spent = entry.spent.get(fault) ?? 0;
          if (spent >= times) return false;
          entry.spent.set(fault, spent + 1);
          return true;
        },
      };
    },
  };
}
