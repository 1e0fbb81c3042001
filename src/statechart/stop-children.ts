/**
 * XState does not stop the children of a machine whose action or guard throws: they go on without anybody who listens, a
 * socket keeps its connection, and their `systemId`s stay taken. Here the children of a child are stopped, as its parent
 * knows nothing of them. Those of a root are left to whoever started it, who may still want their results.
 */
import { type AnyActorRef, type AnyActorScope, type AnyStateMachine, stopChild } from 'xstate';
import type { BuiltinAction } from './xstate-internals.js';

const stop = stopChild('') as unknown as BuiltinAction;

/**
 * The same machine with another `transition`, whose children are stopped when it fails as a child.
 *
 * Its properties are its own, as those of XState's machines are: a logic is extended with `{ ...logic, transition }`.
 */
export function stoppingItsChildren<Machine extends AnyStateMachine>(
  machine: Machine,
  transition: AnyStateMachine['transition'],
): Machine {
  const form: AnyStateMachine = Object.assign(Object.create(Object.getPrototypeOf(machine)), machine);
  form.transition = (snapshot, event, scope) => {
    try {
      return transition(snapshot, event, scope);
    } catch (error) {
      stopChildren(scope, snapshot.children);
      throw error;
    }
  };
  form.getInitialSnapshot = (scope, input) => {
    const first = machine.getInitialSnapshot(watchedScope(scope), input);
    // An action that throws here has been caught by XState.
    if (first.status === 'error') stopChildren(scope, first.children);
    return first;
  };
  form.restoreSnapshot = (snapshot, scope) => {
    try {
      return machine.restoreSnapshot(snapshot, scope);
    } catch (error) {
      stopChildren(scope, {});
      throw error;
    }
  };
  return form as Machine;
}

/**
 * Stops the children of a child that has failed, at once.
 *
 * @param children those of its last snapshot.
 */
function stopChildren(
  { self, system, ...scope }: AnyActorScope,
  children: Readonly<Record<string, AnyActorRef | undefined>>,
): void {
  if (parentOf(self) === undefined) return;
  // Those that were made in the step that failed are in no snapshot and were not started. A `systemId`, theirs or of an
  // actor inside them, leads to them.
  const named = Object.values<AnyActorRef>(system.getAll()).map((actor) => childAbove(actor, self));
  // What is deferred is not executed any more.
  const atOnce = { ...scope, self, system, defer: (task: () => void) => task() };
  for (const child of new Set([...Object.values(children), ...named])) {
    if (child !== undefined && parentOf(child) === self) stop.execute?.(atOnce, child);
  }
}

/** The child of `self` that is the actor or has it somewhere inside. */
function childAbove(actor: AnyActorRef, self: AnyActorRef): AnyActorRef | undefined {
  let child: AnyActorRef | undefined = actor;
  while (child !== undefined && parentOf(child) !== self) child = parentOf(child);
  return child;
}

/** The scope for a machine's initial snapshot: its actions are executed later, outside of the machine's own code. */
function watchedScope(scope: AnyActorScope): AnyActorScope {
  // What is executed stays as the author wrote it where nothing would be stopped.
  if (parentOf(scope.self) === undefined) return scope;
  return {
    ...scope,
    actionExecutor: (action) =>
      scope.actionExecutor({
        ...action,
        exec:
          action.exec &&
          ((...args: Parameters<typeof action.exec>) => {
            try {
              return action.exec?.(...args);
            } catch (error) {
              stopChildren(scope, scope.self.getSnapshot().children);
              throw error;
            }
          }),
      }),
  };
}

function parentOf(actor: AnyActorRef): AnyActorRef | undefined {
  return (actor as { _parent?: AnyActorRef })._parent;
}
