import type { AnyActorScope, AnyEventObject } from 'xstate';
import { assignIn } from './assign.js';
import { passes } from './compiled-guard.js';
import { StepState } from './step-state.js';
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
 * @returns the snapshot after them.
 * @throws what an action throws.
 */
export function take(
  { actions, next }: TransitionPlan,
  from: Configuration,
  snapshot: MachineState,
  event: AnyEventObject,
  scope: AnyActorScope,
): MachineState {
  const step = new StepState(snapshot, from, event, scope);
  const { self, system } = scope;
  let args: ActionArguments = { context: step.context, event, self, system };
  for (const action of actions) {
    const { context } = step;
    const params = typeof action.params === 'function' ? action.params({ context, event }) : action.params;
    if (action.kind === 'assign') {
      assignIn(step, action.builtin, params, surroundings);
      continue;
    }
    if (args.context !== context) args = { context, event, self, system };
    if (action.kind === 'custom') {
      scope.actionExecutor({ type: action.type, info: args, params, exec: action.exec });
      continue;
    }
    const { builtin } = action;
    const [after, resolved] = builtin.resolve(scope, step.snapshot(), args, params, builtin, surroundings);
    step.replace(after);
    if (builtin.execute !== undefined) {
      const exec = () => builtin.execute?.(scope, resolved);
      scope.actionExecutor({ type: builtin.type, info: args, params: resolved, exec });
    }
  }
  return step.end(next);
}
