/** What is observed of an actor: its start, its events, its snapshots. */
import type { AnyActorRef, AnyEventObject, InspectionEvent } from 'xstate';

interface SightingBase {
  actor: AnyActorRef;
  rootId: string;
  /** Epoch milliseconds that do not jump. */
  at: number;
}

export type Sighting = SightingBase &
  (
    | { kind: 'actor'; snapshot: unknown }
    | { kind: 'event'; event: AnyEventObject; sourceId: string | undefined }
    | { kind: 'snapshot'; snapshot: unknown; event: AnyEventObject }
  );

/** Null for inspection events that viewers do not get: microsteps and actions. */
export function sightingOf(inspection: InspectionEvent, at: number): Sighting | null {
  const base = { actor: inspection.actorRef as AnyActorRef, rootId: inspection.rootId, at };
  switch (inspection.type) {
    case '@xstate.actor':
      // It has no snapshot yet: it is just being made.
      return { ...base, kind: 'actor', snapshot: undefined };
    case '@xstate.event':
      return { ...base, kind: 'event', event: inspection.event, sourceId: inspection.sourceRef?.sessionId };
    case '@xstate.snapshot':
      return { ...base, kind: 'snapshot', snapshot: inspection.snapshot, event: inspection.event };
    case '@xstate.action':
    case '@xstate.microstep':
    case '@xstate.transition':
      return null;
  }
}

/** The current state of an actor, for a viewer that came later. */
export function portraitOf(actor: AnyActorRef, at: number): Sighting {
  return { kind: 'actor', actor, rootId: rootOf(actor).sessionId, at, snapshot: snapshotOf(actor) };
}

/** Undefined for an actor that is just being made: some builds of XState throw then. */
export function snapshotOf(actor: AnyActorRef): unknown {
  try {
    return actor.getSnapshot();
  } catch {
    return undefined;
  }
}

export function rootOf(actor: AnyActorRef): AnyActorRef {
  let root = actor;
  while (root._parent !== undefined) root = root._parent;
  return root;
}
