import type { AnyActorScope, AnyEventObject } from 'xstate';
import { assigned } from './assign.js';
import { passes } from './compiled-guard.js';
import type { Candidate, Configuration, TransitionPlan } from './tables.js';
import type {
  ActionArguments,
  ActionSurroundings,
  GuardArguments,
  MachineState,
} from './xstate-internals.js';

/** A compiled step raises nothing that belongs to itself: an attempt to is an error here, not an event that is lost. */
const surroundings: ActionSurroundings = { internalQueue: Object.freeze([]), deferredActorIds: undefined };

/**
 * The first transition whose guard says yes; null when there is none.
 *
 * @throws what a guard throws.
 */
export function chosenOf(
  row: readonly Candidate[],
  snapshot: MachineState,
  event: AnyEventObject,
): Candidate | null {
  const args: GuardArguments = { context: snapshot.context, event };
  for (const candidate of row) {
    if (candidate.guard === null || passes(candidate.guard, args, snapshot)) return candidate;
  }
  return null;
}

/**
 * Executes the actions of a plan.
 *
 * @returns the snapshot after them: the same one when nothing has changed, as XState does.
 * @throws what an action throws.
 */
export function take(
  { actions, next }: TransitionPlan,
  from: Configuration,
  snapshot: MachineState,
  event: AnyEventObject,
  scope: AnyActorScope,
): MachineState {
  const { self, system } = scope;
  let { context, children } = snapshot;
  let changed = false;
  // The snapshot between two actions is made only when one of them looks at it.
  let between: MachineState | null = snapshot;
  const current = (): MachineState => {
    between ??= withParts(snapshot, from, context, children);
    return between;
  };
  for (const action of actions) {
    const args: ActionArguments = { context, event, self, system };
    const params = typeof action.params === 'function' ? action.params({ context, event }) : action.params;
    if (action.kind === 'custom') {
      scope.actionExecutor({ type: action.type, info: args, params, exec: action.exec });
      continue;
    }
    const { builtin } = action;
    if (action.kind === 'assign') {
      const after = assigned({ builtin, args, params, scope, snapshot: current, surroundings });
      ({ context } = after);
      if (after.spawned !== null) children = { ...children, ...after.spawned };
      between = null;
      changed = true;
      continue;
    }
    const before = current();
    const [after, resolved] = builtin.resolve(scope, before, args, params, builtin, surroundings);
    if (after !== before) {
      ({ context, children } = after);
      between = after;
      changed = true;
    }
    if (builtin.execute !== undefined) {
      const exec = () => builtin.execute?.(scope, resolved);
      scope.actionExecutor({ type: builtin.type, info: args, params: resolved, exec });
    }
  }
  return changed || next !== from ? withParts(snapshot, next, context, children) : snapshot;
}

/** A snapshot as XState makes them, with the parts that are the same in all snapshots of a configuration. */
function withParts(
  { status, output, error, machine, historyValue, matches, hasTag, can, getMeta, toJSON }: MachineState,
  { nodes, value, tags }: Configuration,
  context: MachineState['context'],
  children: MachineState['children'],
): MachineState {
  return {
    status,
    output,
    error,
    machine,
    context,
    _nodes: nodes,
    value,
    tags,
    children,
    historyValue,
    matches,
    hasTag,
    can,
    getMeta,
    toJSON,
  } as MachineState;
}
