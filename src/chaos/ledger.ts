/** Counts the connections of each path and the strikes of each fault there. It outlives the connections. */
import { createHash } from 'node:crypto';
import type { ConnectionLeg } from './leg.js';

const defaults = {
  /** How many paths are remembered; those that were not dialled for longest go first. */
  maxPaths: 10_000,
} as const;

/** One connection to a path. */
export interface Visit {
  readonly leg: ConnectionLeg;
  /** The number of this path among all paths of its leg, from 1. */
  readonly ordinal: number;
  /** The number of this connection to its path, from 1. */
  readonly connection: number;
  /**
   * Whether the fault may strike once more at this path; if so, that is counted.
   *
   * @param everywhere the fault strikes every connected path of this leg: it counts for each of them, and does not
   * strike when one of them has reached its times.
   */
  spend(fault: number, times: number, everywhere?: boolean): boolean;
  /** To be called when the connection is over. */
  leave(): void;
}

export interface Ledger {
  enter(leg: ConnectionLeg, path: string): Visit;
}

interface Entry {
  leg: ConnectionLeg;
  ordinal: number;
  connections: number;
  /** Open connections. */
  open: number;
  spent: Map<number, number>;
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const seen: Record<ConnectionLeg, number> = { lobby: 0, match: 0, other: 0 };

  return {
    enter(leg, path) {
      // Hashed, because a path may be as long as a whole head.
      const key = createHash('sha256').update(path).digest('base64');
      const entry = entries.get(key) ?? {
        leg,
        ordinal: (seen[leg] += 1),
        connections: 0,
        open: 0,
        spent: new Map<number, number>(),
      };
      entry.connections += 1;
      entry.open += 1;
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > defaults.maxPaths && oldest !== undefined) entries.delete(oldest);
      return {
        leg,
        ordinal: entry.ordinal,
        connection: entry.connections,
        spend(fault, times, everywhere = false) {
          const struck = everywhere
            ? [...entries.values()].filter((other) => other.leg === leg && other.open > 0)
            : [entry];
          if (struck.some(({ spent }) => (spent.get(fault) ?? 0) >= times)) return false;
          for (const { spent } of struck) spent.set(fault, (spent.get(fault) ?? 0) + 1);
          return true;
        },
        leave() {
          entry.open -= 1;
        },
      };
    },
  };
}
