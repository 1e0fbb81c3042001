/**
 * What the compiler knows of XState beyond its public types, in one place. `test/statechart` compares each of these
 * assumptions with XState itself, and `npm run differential -- --xstate latest` with its newest version.
 */
import type {
  AnyActorRef,
  AnyActorScope,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateNode,
  AnyTransitionDefinition,
  InspectionEvent,
  MachineContext,
} from 'xstate';

/** A snapshot of a machine. `_nodes` are the active states, the root first. */
export type MachineState = Omit<AnyMachineSnapshot, '_nodes'> & { _nodes: AnyStateNode[] };

/** What actions are called with. */
export interface ActionArguments {
  context: MachineContext;
  event: AnyEventObject;
  self: AnyActorRef;
  system: AnyActorScope['system'];
}

/** What guards are called with. */
export type GuardArguments = Pick<ActionArguments, 'context' | 'event'>;

/** A guard that is a plain function. */
export type PlainGuard = (args: GuardArguments, params: unknown) => boolean;

/** A guard that XState makes: `and`, `or`, `not`, `stateIn`. */
export interface BuiltinGuard {
  check(snapshot: MachineState, args: GuardArguments, guard: BuiltinGuard): boolean;
}

/** What an action that XState makes may read or change besides the snapshot. */
export interface ActionSurroundings {
  /** Events raised without a delay, which are handled in the same step. */
  internalQueue: readonly AnyEventObject[];
  /** Ids of actors that are invoked by the state that is being entered. */
  deferredActorIds: readonly string[] | undefined;
}

/** A compiled step raises nothing that belongs to itself: an attempt to is an error here, not an event that is lost. */
export const noSurroundings: ActionSurroundings = {
  internalQueue: Object.freeze([]),
  deferredActorIds: undefined,
};

/** An action that XState makes: `assign`, `sendTo`, `raise`, `emit`, ... */
export interface BuiltinAction {
  readonly type: string;
  /** Of `assign`. */
  readonly assignment?: unknown;
  /** Of `raise` and `sendTo`: milliseconds, the name of a delay, or a function. */
  readonly delay?: unknown;
  /** Of `raise` and `sendTo`: the name under which a delayed event can be cancelled, or a function. */
  readonly id?: unknown;
  /** Of `sendTo`: an actor, its id, or a function. */
  readonly to?: unknown;
  /** Of `raise`, `sendTo` and `emit`: the event, or a function. */
  readonly event?: unknown;
  /** What it does to the snapshot, with what it executes later, and further actions. */
  resolve(
    scope: AnyActorScope,
    snapshot: MachineState,
    args: ActionArguments,
    params: unknown,
    action: BuiltinAction,
    surroundings: ActionSurroundings,
  ): [snapshot: MachineState, resolved: unknown, actions: unknown];
  /** Absent where nothing is left to do: `assign`. */
  execute?(this: void, scope: AnyActorScope, resolved: unknown): void;
}

export function isBuiltinAction(action: unknown): action is BuiltinAction {
  return typeof action === 'function' && 'resolve' in action;
}

/** Tells inspectors that a transition was taken, or none. */
export function inspectMicrostep(
  { self, system }: AnyActorScope,
  event: AnyEventObject,
  snapshot: MachineState,
  transitions: readonly AnyTransitionDefinition[],
): void {
  (
    system as unknown as { _sendInspectionEvent: (event: Omit<InspectionEvent, 'rootId'>) => void }
  )._sendInspectionEvent({
    type: '@xstate.microstep',
    actorRef: self,
    event,
    snapshot,
    _transitions: transitions,
  } as Omit<InspectionEvent, 'rootId'>);
}
