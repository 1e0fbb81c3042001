/**
 * Decides which faults strike which frames of a connection. All random numbers are drawn here, for each connection
 * and not by time.
 */
import { createRandom } from '../chance/random.js';
import type { ChaosFault } from './faults.js';
import type { Visit } from './ledger.js';

export type Direction = 'down' | 'up';

/** A fault to apply now. */
export interface Strike {
  fault: ChaosFault;
  /** The number of the fault in the list, from 1. */
  number: number;
  /** Random numbers of this fault for this connection. */
  random: () => number;
}

/** What an aim needs to know of a frame. */
export interface Target {
  direction: Direction;
  /** `type` of a text frame that is whole; null for every other frame. */
  type: () => string | null;
  /** Whether the fault can be applied to this frame; if not, it does not count. */
  accepts: (fault: ChaosFault) => boolean;
}

export interface Strikes {
  /** To be called once, before the upgrade is forwarded. */
  atUpgrade(): Strike | null;
  /** To be called once for each text or binary frame. */
  atFrame(target: Target): Strike[];
}

const endings: readonly ChaosFault['kind'][] = ['drop', 'halfOpen', 'close'];

function isEnding({ kind }: ChaosFault): boolean {
  return endings.includes(kind);
}

function isDue({ at, every, chance }: ChaosFault, count: number, random: () => number): boolean {
  if (every !== undefined) return count % every === 0;
  if (chance !== undefined) return random() < chance;
  return count === (at ?? 1);
}

export function createStrikes(faults: readonly ChaosFault[], visit: Visit, seed: string): Strikes {
  const aimed = faults
    .map((fault, index) => ({ fault, number: index + 1, counted: 0, random: lazyRandom(index + 1) }))
    .filter(({ fault: { leg = 'any', connections = Infinity } }) => {
      return (leg === 'any' || leg === visit.leg) && visit.connection <= connections;
    });

  function lazyRandom(number: number): () => number {
    let draw: (() => number) | null = null;
    return () => {
      draw ??= createRandom(`chaos:${visit.leg}:${visit.ordinal}:${visit.connection}:${number}:${seed}`);
      return draw();
    };
  }

  return {
    atUpgrade() {
      const { connection } = visit;
      for (const { fault, number, random } of aimed) {
        if (fault.kind !== 'refuse' || !isDue(fault, connection, random)) continue;
        if (visit.spend(number, fault.times ?? 1)) return { fault, number, random };
      }
      return null;
    },
    atFrame({ direction, type, accepts }) {
      const due: Strike[] = [];
      for (const entry of aimed) {
        const { fault, number, random } = entry;
        if (fault.kind === 'refuse' || (fault.direction ?? 'down') !== direction) continue;
        if (fault.type !== undefined && fault.type !== type()) continue;
        entry.counted += 1;
        // A random number is drawn also where it does not matter, so that later numbers stay the same.
        if (!isDue(fault, entry.counted, random) || !accepts(fault)) continue;
        if (isEnding(fault) && due.some((strike) => isEnding(strike.fault))) continue;
        const everywhere = fault.kind === 'restart';
        if (visit.spend(number, fault.times ?? 1, everywhere)) due.push({ fault, number, random });
      }
      return due;
    },
  };
}
