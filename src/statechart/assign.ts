import type { AnyActorRef, AnyActorScope, AnyEventObject, MachineContext } from 'xstate';
import type { ActionArguments, ActionSurroundings, BuiltinAction, MachineState } from './xstate-internals.js';

type Spawn = (...args: unknown[]) => AnyActorRef;
type Assigner = (args: ActionArguments, params: unknown) => unknown;

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
  const { assignment } = builtin;
  const assignArgs = new AssignArguments(moment);
  const update =
    typeof assignment === 'function'
      ? assignment(assignArgs, params)
      : updateOf(assignment, assignArgs, params);
  return { context: Object.assign({}, args.context, update), spawned: assignArgs.spawned };
}

function updateOf(assignment: unknown, args: ActionArguments, params: unknown): Record<string, unknown> {
  const update: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(assignment as object)) {
    update[key] = typeof value === 'function' ? (value as Assigner)(args, params) : value;
  }
  return update;
}

/** A class, so that `spawn` costs nothing where it is not used: an object literal with an accessor is slow. */
class AssignArguments implements ActionArguments {
  readonly context: MachineContext;
  readonly event: AnyEventObject;
  readonly self: AnyActorRef;
  readonly system: ActionArguments['system'];
  spawned: Record<string, AnyActorRef> | null = null;
  private readonly moment: AssignMoment;

  constructor(moment: AssignMoment) {
    const { context, event, self, system } = moment.args;
    this.context = context;
    this.event = event;
    this.self = self;
    this.system = system;
    this.moment = moment;
  }

  get spawn(): Spawn {
    const spawn = spawnOf(this.moment);
    return (...args) => {
      const actor = spawn(...args);
      this.spawned ??= {};
      this.spawned[actor.id] = actor;
      return actor;
    };
  }
}

/** XState's own `spawn`, which an empty assignment is given. */
function spawnOf({ builtin, args, params, scope, snapshot, surroundings }: AssignMoment): Spawn {
  let spawn: Spawn | undefined;
  const assignment = (assignArgs: { spawn: Spawn }) => {
    spawn = assignArgs.spawn;
  };
  builtin.resolve(scope, snapshot(), args, params, { ...builtin, assignment } as BuiltinAction, surroundings);
  return spawn as unknown as Spawn;
}
