/**
 * An actor of a machine in which nothing but the machine runs: each child that it starts, named or inline, is a stand-in
 * that does nothing by itself, and so is its parent. Built on what XState 5.33 does while it makes an actor: it tells its
 * inspector before it asks the logic for a first snapshot.
 */
import {
  type Actor,
  type AnyActor,
  type AnyActorLogic,
  type AnyActorRef,
  type AnyActorScope,
  type AnyEventObject,
  type AnyStateMachine,
  createActor,
  fromTransition,
  type InspectionEvent,
  type Snapshot,
} from 'xstate';

/** Makes a stand-in end; `output` goes with it. */
export const finishEvent = 'scripted.finish';
/** Makes a stand-in fail; `error` goes with it. */
export const crashEvent = 'scripted.crash';

/** The name that XState has for the parent of a machine. */
const parentName = '#_parent';

/** What of XState's insides is used here. */
interface Insides {
  logic: AnyActorLogic;
  _parent: AnyActorRef | undefined;
  _syncSnapshot: boolean;
  /** 2 when it has stopped. */
  _processingStatus: number;
  _snapshot: Snapshot<unknown> | undefined;
}

/** An actor system's insides. */
export interface SystemInsides {
  _relay: (source: AnyActorRef | undefined, target: AnyActorRef, event: AnyEventObject) => void;
  _set(systemId: string, actor: AnyActorRef): void;
  _unregister(actor: AnyActorRef): void;
}

export const insidesOf = (actor: AnyActorRef): Insides => actor as unknown as Insides;
export const systemOf = (actor: AnyActorRef): SystemInsides => actor.system as unknown as SystemInsides;

/** Frees the names that actors have in their system (`systemId`). */
export function forgetNames(actors: Iterable<AnyActorRef>): void {
  for (const actor of actors) systemOf(actor)._unregister(actor);
}

/** Whether nothing that is sent to it arrives any more. */
export const hasStopped = (actor: AnyActorRef): boolean => insidesOf(actor)._processingStatus === 2;

type Relay = SystemInsides['_relay'];

export interface StagedOptions {
  input: unknown;
  clock?: { setTimeout: (fn: () => void, ms: number) => unknown; clearTimeout: (id: unknown) => void };
  inspect?: ((event: InspectionEvent) => void) | undefined;
  /** Called for each child, before it has a snapshot. */
  onChild?: (child: AnyActorRef) => void;
  /** Replaces how the system hands events over; it is given how that was, and the machine. */
  relay: (handOver: Relay, self: AnyActorRef) => Relay;
}

/** The machine as it can run among stand-ins: an actor that is not provided is one, too. */
export function withEveryActor<Machine extends AnyStateMachine>(machine: Machine): Machine {
  const staged = machine.provide({}) as Machine;
  const { implementations } = staged as { implementations: { actors: Record<string, AnyActorLogic> } };
  implementations.actors = new Proxy(implementations.actors, {
    get: (actors, name) => actors[name as string] ?? nothing,
  });
  return staged;
}

const nothing: AnyActorLogic = fromTransition((state: null) => state, null);

/** Makes the actor; it is not started. */
export function createStagedActor<Machine extends AnyStateMachine>(
  machine: Machine,
  { input, clock, inspect, onChild, relay }: StagedOptions,
): Actor<Machine> {
  const parent = createActor(nothing, { id: parentName });
  const onActor = (actor: AnyActorRef): void => {
    const insides = insidesOf(actor);
    if (insides._parent === undefined) {
      insides._parent = parent;
      const system = systemOf(actor);
      system._relay = relay(system._relay, actor);
      return;
    }
    insides.logic = standInFor(insides.logic);
    // What a child is at is told by cases, and not by its stand-in.
    insides._syncSnapshot = false;
    if (insides._parent._parent === parent) onChild?.(actor);
  };
  return createActor(machine, {
    id: machine.id,
    input,
    ...(clock && { clock }),
    inspect: (event: InspectionEvent) => {
      if (event.type === '@xstate.actor') onActor(event.actorRef as AnyActor);
      inspect?.(event);
    },
  } as never);
}

/** Stops a staged actor. It has a parent, so its own `stop` refuses. */
export function stopStaged(actor: AnyActorRef): void {
  (actor as unknown as { _stop(): void })._stop();
}

type StandInSnapshot = Snapshot<unknown> & { children: Record<string, never> };

/** It looks as the real one does at its start, since machines read the snapshots of their children. */
function standInFor(real: AnyActorLogic): AnyActorLogic {
  return {
    transition(state: StandInSnapshot, event: AnyEventObject): StandInSnapshot {
      if (event.type === finishEvent)
        return { ...state, status: 'done', output: event.output, error: undefined };
      if (event.type === crashEvent)
        return { ...state, status: 'error', output: undefined, error: event.error };
      return state;
    },
    getInitialSnapshot: (scope: AnyActorScope, input: unknown): StandInSnapshot => ({
      ...firstLookOf(real, scope, input),
      status: 'active',
      output: undefined,
      error: undefined,
      children: {},
    }),
    getPersistedSnapshot: (state: Snapshot<unknown>) => state,
  } as AnyActorLogic;
}

const idle = (): void => undefined;

function firstLookOf(real: AnyActorLogic, scope: AnyActorScope, input: unknown): object {
  const quiet = { ...scope, defer: idle, emit: idle, stopChild: idle, actionExecutor: idle, logger: idle };
  try {
    // Without its machine it is not taken for a machine that runs (`chartCoverage`).
    const {
      machine: _machine,
      _nodes,
      children = {},
      ...look
    } = real.getInitialSnapshot(quiet, input) as {
      machine?: unknown;
      _nodes?: unknown;
      children?: Record<string, AnyActorRef | undefined>;
    };
    forgetNames(Object.values(children).filter((child) => child !== undefined));
    return look;
  } catch {
    // A child that cannot start is a case: its error.
    return {};
  }
}
