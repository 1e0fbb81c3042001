import { createStateTrail, type StateTrail } from './state-trail.js';

/** What is used of an actor. */
interface ChartActor {
  getSnapshot(): { value: unknown };
  subscribe(observer: { next: (snapshot: { value: unknown }) => void; error: () => void }): {
    unsubscribe(): void;
  };
}

export interface ChartFollowerOptions {
  now: () => number;
  onMove: () => void;
  /** Returns a listener that never throws. XState would end the process with what it throws. */
  guarded: <T>(listener: (told: T) => void) => (told: T) => void;
}

/** Where one statechart is, and how it came there. */
export interface ChartFollower {
  readonly trail: StateTrail;
  /**
   * Names a frame that came for this actor, or an event reported about it. The first name after a snapshot is the cause of the
   * next one. Some moves have none.
   */
  hear(what: string): void;
  release(): void;
}

/** Follows an actor, running or not. It has a new snapshot after each event that it handles. */
export function followChart(
  actor: ChartActor,
  { now, onMove, guarded }: ChartFollowerOptions,
): ChartFollower {
  const trail = createStateTrail(actor.getSnapshot().value, now());
  let heard = '';
  const see = guarded(({ value }: { value: unknown }) => {
    const cause = heard;
    heard = '';
    if (trail.move(value, cause, now())) onMove();
  });
  // Without a listener for errors here, XState would throw the failure of a machine once more, for nobody to catch.
  const watching = actor.subscribe({ next: see, error: () => undefined });
  return {
    trail,
    hear(what) {
      heard ||= what;
    },
    release() {
      watching.unsubscribe();
    },
  };
}
