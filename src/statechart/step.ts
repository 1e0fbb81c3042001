import type { AnyActorScope, AnyEventObject } from 'xstate';
import { assignIn, type CopyContext } from './assign.js';
import { passes } from './compiled-guard.js';
import { StepState } from './step-state.js';
import type { Candidate, Configuration, TransitionPlan } from './tables.js';
import {
  type ActionArguments,
  type BuiltinAction,
  type GuardArguments,
  type MachineState,
  noSurroundings,
} from './xstate-internals.js';

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

/** What a step is made with besides its plan. */
export interface StepParts {
  from: Configuration;
  snapshot: MachineState;
  event: AnyEventObject;
  scope: AnyActorScope;
  copyContext: CopyContext | undefined;
}

/**
 * Executes the actions of a plan.
 *
 * @returns the snapshot after them.
 * @throws what an action throws.
 */
export function take(
  { actions, next }: TransitionPlan,
  { from, snapshot, event, scope, copyContext }: StepParts,
): MachineState {
  const step = new StepState(snapshot, from, event, scope);
  const { self, system } = scope;
  let args: ActionArguments = { context: step.context, event, self, system };
  for (const action of actions) {
    const { context } = step;
    const params = typeof action.params === 'function' ? action.params({ context, event }) : action.params;
    if (action.kind === 'assign') {
      assignIn(step, action.builtin, params, copyContext);
      continue;
    }
    if (args.context !== context) args = { context, event, self, system };
    if (action.kind === 'custom') {
      scope.actionExecutor({ type: action.type, info: args, params, exec: action.exec });
      continue;
    }
    const { builtin } = action;
    const to = action.kind === 'send' ? step.children[action.to] : undefined;
    // Of a child that is not there XState tells.
    if (action.kind === 'send' && to !== undefined) {
      const sent = typeof builtin.event === 'function' ? builtin.event(args, params) : builtin.event;
      executed(
        builtin,
        { to, targetId: action.to, event: sent, id: undefined, delay: undefined },
        args,
        scope,
      );
      continue;
    }
    const [after, resolved] = builtin.resolve(scope, step.snapshot(), args, params, builtin, noSurroundings);
    step.replace(after);
    executed(builtin, resolved, args, scope);
  }
  return step.end(next);
}

/** Has what an action of XState has resolved to executed, where it has something to do. */
function executed(
  { type, execute }: BuiltinAction,
  resolved: unknown,
  info: ActionArguments,
  scope: AnyActorScope,
): void {
  if (execute === undefined) return;
  scope.actionExecutor({ type, info, params: resolved, exec: execute.bind(undefined, scope, resolved) });
}
