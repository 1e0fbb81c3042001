/** What was seen and not told yet. Bounded: in a flood only the newest state of each actor is kept. */
import type { Sighting } from './sighting.js';

export interface BacklogLimits {
  /** Sightings told in one window: more cost time that the matches need. */
  perWindow: number;
  /** Actors whose newest state is kept in a flood. */
  maxActors: number;
}

/** The newest of one actor. */
interface Newest {
  birth?: Sighting;
  state?: Sighting;
}

export interface Backlog {
  add(sighting: Sighting): void;
  /** Takes what may still be told in this window, in order. */
  take(): Sighting[];
  /** The next window begins. */
  renew(): void;
  /** True when there is something to take, now or in a later window. */
  readonly isWaiting: boolean;
  /** Sightings left out since it was made. */
  readonly skipped: number;
  clear(): void;
}

export function createBacklog({ perWindow, maxActors }: BacklogLimits): Backlog {
  let inOrder: Sighting[] = [];
  const newest = new Map<string, Newest>();
  let room = perWindow;
  let skipped = 0;

  /** A later sighting of an actor takes the place of an earlier one. */
  function keepNewest(sighting: Sighting): void {
    const { sessionId } = sighting.actor;
    const entry = newest.get(sessionId) ?? {};
    if (sighting.kind === 'event' || (newest.size >= maxActors && !newest.has(sessionId))) {
      skipped += 1;
    } else if (sighting.kind === 'actor') {
      newest.set(sessionId, { ...entry, birth: sighting });
    } else {
      if (entry.state !== undefined) skipped += 1;
      newest.set(sessionId, { ...entry, state: sighting });
    }
  }

  return {
    add(sighting) {
      // Once something was left out, what follows must not overtake the state that stands for it.
      if (newest.size > 0 || room <= 0) return keepNewest(sighting);
      room -= 1;
      inOrder.push(sighting);
    },
    take() {
      const taken = inOrder;
      inOrder = [];
      for (const [sessionId, { birth, state }] of newest) {
        if (room <= 0) break;
        newest.delete(sessionId);
        for (const sighting of [birth, state]) {
          if (sighting === undefined) continue;
          room -= 1;
          taken.push(sighting);
        }
      }
      return taken;
    },
    renew() {
      room = perWindow;
    },
    get isWaiting() {
      return inOrder.length > 0 || newest.size > 0;
    },
    get skipped() {
      return skipped;
    },
    clear() {
      inOrder = [];
      newest.clear();
    },
  };
}
