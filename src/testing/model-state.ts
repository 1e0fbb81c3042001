/** What a model has: cases, and the states that they lead to. */
import type { AnyActorRef, AnyEventObject, AnyMachineSnapshot } from 'xstate';

/** One event with one payload, which may come in any state. */
export interface ModelCase<Event extends AnyEventObject = AnyEventObject> {
  /** Unique among the cases; paths are described by it. */
  readonly name: string;
  readonly event: Event;
  /** Time that passes before the event, in milliseconds. Default: 0. */
  readonly waitMs?: number;
  /**
   * Whether it may come now. Default: always. What a child says (`xstate.done.actor.*`, `xstate.error.actor.*`) comes only
   * while that child is there.
   */
  readonly when?: (snapshot: AnyMachineSnapshot) => boolean;
  /** Given by the model to the cases that it adds: the key in `ModelState.timers` of the timer that fires. */
  readonly timer?: string;
}

/**
 * What a child says of itself, by its id or, without one, by its source and number: `xstate.done.actor.worker#1`. Machines
 * need not list such events among their types.
 */
export type ChildEvent =
  | { type: `xstate.done.actor.${string}`; output?: unknown }
  | { type: `xstate.error.actor.${string}`; error?: unknown }
  | { type: `xstate.snapshot.${string}`; snapshot?: unknown };

/** A delayed event. */
export interface ModelTimer {
  readonly event: AnyEventObject;
  /** Milliseconds since the start. */
  readonly dueMs: number;
  /** What `cancel` finds it by. */
  readonly id: string;
  /** To whom it is sent: a child, or null for the machine itself. */
  readonly to: AnyActorRef | null;
}

/** A command to a port or child of the machine. */
export interface Sent {
  /** The id of the port or child. */
  readonly to: string;
  readonly event: AnyEventObject;
}

/** An action of the machine's own, or an event that it emitted (`xstate.emit`, with the event in its params). */
export interface DoneAction {
  readonly type: string;
  readonly params: unknown;
}

/** A state of the model, and what the step into it did. */
export interface ModelState {
  readonly snapshot: AnyMachineSnapshot;
  /** Steps since the start. */
  readonly depth: number;
  /** Milliseconds since the start. */
  readonly atMs: number;
  /** `after` transitions and other delayed events that are armed, in the order in which they were set. */
  readonly timers: ReadonlyMap<string, ModelTimer>;
  /** For each id of delayed events, the key of the timer that `cancel` takes. */
  readonly cancels: ReadonlyMap<string, string>;
  /** Ports and children that have ended: commands to them are lost. */
  readonly ended: ReadonlySet<string>;
  readonly endedActors: ReadonlySet<AnyActorRef>;
  /** Children without an id so far, by whose number they are named. */
  readonly nameless: number;
  readonly sent: readonly Sent[];
  /** Actions of the machine's own and events that it emitted, in their order. */
  readonly actions: readonly DoneAction[];
  /** Names of the children that were started, in their order. */
  readonly started: readonly string[];
  /** Names of the transitions that were taken, and of those that guards held back. */
  readonly taken: readonly string[];
}
