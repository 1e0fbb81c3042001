import type { AnyActorRef, AnyActorScope, MachineContext } from 'xstate';
import type { ActionArguments, ActionSurroundings, BuiltinAction, MachineState } from './xstate-internals.js';

type Spawn = (...args: unknown[]) => AnyActorRef;
type Assigner = (args: ActionArguments & { spawn: Spawn }, params: unknown) => unknown;

/** Where an `assign` is executed. */
export interface AssignMoment {
  builtin: BuiltinAction;
  args: ActionArguments;
  params: unknown;
  scope: AnyActorScope;
  /** The snapshot with the context of `args`; asked for only where the assignment spawns an actor. */
  snapshot: () => MachineState;
  surroundings: ActionSurroundings;
}

/** The new context, and the actors that were spawned by their ids, or null for none. */
export function assigned(moment: AssignMoment): {
  context: MachineContext;
  spawned: Readonly<Record<string, AnyActorRef>> | null;
} {
  const { builtin, args, params } = moment;
  const { context, event, self, system } = args;
  let spawned: Record<string, AnyActorRef> | null = null;
  const spawn: Spawn = (...options) => {
    const actor = spawnOf(moment)(...options);
    spawned = { ...spawned, [actor.id]: actor };
    return actor;
  };
  const update = updateOf(builtin.assignment, { context, event, spawn, self, system }, params);
  return { context: Object.assign({}, context, update), spawned };
}

function updateOf(assignment: unknown, ...called: Parameters<Assigner>): unknown {
  if (typeof assignment === 'function') return (assignment as Assigner)(...called);
  const update: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(assignment as object)) {
    update[key] = typeof value === 'function' ? (value as Assigner)(...called) : value;
  }
  return update;
}

/** XState's own `spawn`, which an empty assignment is given. */
function spawnOf({ builtin, args, params, scope, snapshot, surroundings }: AssignMoment): Spawn {
  let spawn: Spawn | undefined;
  const assignment = (assignArgs: { spawn: Spawn }): void => {
    spawn = assignArgs.spawn;
  };
  builtin.resolve(scope, snapshot(), args, params, { ...builtin, assignment }, surroundings);
  return spawn as unknown as Spawn;
}
