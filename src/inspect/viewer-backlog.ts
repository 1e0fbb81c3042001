/** Sightings that are not sent yet. When there are too many, only the newest state of each actor is kept. */
import type { Sighting } from './sighting.js';

export interface BacklogLimits {
  /** Sightings sent in a second: more would take time from the matches. */
  perSecond: number;
  /** Sightings sent at once after a rest. */
  burst: number;
  /** Actors whose newest state is kept in a flood. */
  maxActors: number;
}

/** The newest sightings of one actor. */
interface Newest {
  birth?: Sighting;
  state?: Sighting;
}

export interface ViewerBacklog {
  add(sighting: Sighting): void;
  /** Takes what may be sent by now, in order. */
  take(now: number): Sighting[];
  /** Whether there is something to take, now or later. */
  readonly isWaiting: boolean;
  /** How many sightings were left out. */
  readonly skipped: number;
  clear(): void;
}

export function createViewerBacklog({ perSecond, burst, maxActors }: BacklogLimits): ViewerBacklog {
  let inOrder: Sighting[] = [];
  const newest = new Map<string, Newest>();
  let room = burst;
  let roomAt = 0;
  let skipped = 0;

  function makeRoom(now: number): void {
    room = Math.min(burst, room + (Math.max(0, now - roomAt) * perSecond) / 1_000);
    roomAt = now;
  }

  /** A later sighting of an actor replaces an earlier one. */
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
      // After something was left out, later sightings must not overtake the state that replaces it.
      if (newest.size > 0) return keepNewest(sighting);
      makeRoom(sighting.at);
      if (room < 1) return keepNewest(sighting);
      room -= 1;
      inOrder.push(sighting);
    },
    take(now) {
      makeRoom(now);
      const taken = inOrder;
      inOrder = [];
      for (const [sessionId, { birth, state }] of newest) {
        if (room < 1) break;
        newest.delete(sessionId);
        for (const sighting of [birth, state]) {
          if (sighting === undefined) continue;
          room -= 1;
          taken.push(sighting);
        }
      }
      return taken;
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
