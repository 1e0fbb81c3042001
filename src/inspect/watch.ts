/** The actor systems that a bridge is attached to. They are observed only while a viewer is there. */
import type { AnyActorRef, InspectionEvent, Subscription } from 'xstate';
import { rootOf, snapshotOf } from './sighting.js';

export interface Watch {
  /** Observes the whole system of this actor. Returns the function that ends this. */
  attach(actor: AnyActorRef): () => void;
  detach(actor: AnyActorRef): void;
  /** Roots that have not ended. */
  roots(): AnyActorRef[];
  start(): void;
  stop(): void;
}

function hasEnded(actor: AnyActorRef): boolean {
  const snapshot = snapshotOf(actor) as { status?: unknown } | undefined;
  return snapshot !== undefined && snapshot.status !== 'active';
}

/** @param see called with everything that happens in any of the systems; must not throw. */
export function createWatch(see: (inspection: InspectionEvent) => void): Watch {
  const systems = new Map<AnyActorRef, Subscription | null>();
  let isOn = false;

  function observe(root: AnyActorRef): Subscription {
    return root.system.inspect(see);
  }

  /** Drops systems that have ended; no event reports that. */
  function forgetEnded(): void {
    for (const [root, subscription] of systems) {
      if (!hasEnded(root)) continue;
      subscription?.unsubscribe();
      systems.delete(root);
    }
  }

  function detach(actor: AnyActorRef): void {
    const root = rootOf(actor);
    systems.get(root)?.unsubscribe();
    systems.delete(root);
  }

  return {
    attach(actor) {
      forgetEnded();
      const root = rootOf(actor);
      if (!systems.has(root)) systems.set(root, isOn ? observe(root) : null);
      return () => detach(root);
    },
    detach,
    roots() {
      forgetEnded();
      return [...systems.keys()];
    },
    start() {
      if (isOn) return;
      isOn = true;
      for (const root of systems.keys()) systems.set(root, observe(root));
    },
    stop() {
      isOn = false;
      for (const [root, subscription] of systems) {
        subscription?.unsubscribe();
        systems.set(root, null);
      }
    },
  };
}

/** Every live actor of these systems, parents before their children. */
export function* actorsOf(roots: readonly AnyActorRef[]): Generator<AnyActorRef> {
  const queue = [...roots];
  for (const actor of queue) {
    yield actor;
    const { children = {} } = (snapshotOf(actor) ?? {}) as { children?: Record<string, AnyActorRef> };
    queue.push(...Object.values(children).filter((child) => child !== undefined));
  }
}
