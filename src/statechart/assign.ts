import type { AnyActorRef } from 'xstate';
import type { StepState } from './step-state.js';
import {
  type ActionArguments,
  type BuiltinAction,
  type MachineState,
  noSurroundings,
} from './xstate-internals.js';

type Spawn = (...args: unknown[]) => AnyActorRef;
type Assigner = (args: ActionArguments & { spawn: Spawn }, params: unknown) => unknown;

/** A shallow copy of a machine's context. */
export type CopyContext = (context: MachineState['context']) => MachineState['context'];

/** Executes an `assign`. Actors that it spawns become children. */
export function assignIn(
  step: StepState,
  builtin: BuiltinAction,
  params: unknown,
  copyContext: CopyContext | undefined,
): void {
  const { context, event } = step;
  const { self, system } = step.scope;
  let { children } = step;
  const spawn: Spawn = (...options) => {
    const actor = spawnOf(step, builtin)(...options);
    children = { ...children, [actor.id]: actor };
    return actor;
  };
  const update = updateOf(builtin.assignment, { context, event, spawn, self, system }, params);
  const copy = copyContext === undefined ? Object.assign({}, context) : copyContext(context);
  step.assign(Object.assign(copy, update), children);
}

function updateOf(assignment: unknown, args: Parameters<Assigner>[0], params: unknown): unknown {
  if (typeof assignment === 'function') return (assignment as Assigner)(args, params);
  const update: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(assignment as object)) {
    update[key] = typeof value === 'function' ? (value as Assigner)(args, params) : value;
  }
  return update;
}

/** XState's own `spawn`, which an empty assignment is given. */
function spawnOf(step: StepState, builtin: BuiltinAction): Spawn {
  const { context, event, scope } = step;
  const { self, system } = scope;
  let spawn: Spawn | undefined;
  const assignment = (assignArgs: { spawn: Spawn }): void => {
    spawn = assignArgs.spawn;
  };
  const args = { context, event, self, system };
  builtin.resolve(scope, step.snapshot(), args, undefined, { ...builtin, assignment }, noSurroundings);
  return spawn as unknown as Spawn;
}
