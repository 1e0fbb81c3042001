/**
 * XState does not stop the children of a machine whose action or guard throws: they go on without anybody who listens, a
 * socket keeps its connection, and their `systemId`s stay taken. Here the children of a child are stopped, as its parent
 * knows nothing of them. Those of a root are left to whoever started it, who may still want their results.
 */
import { type AnyActorRef, type AnyActorScope, stopChild } from 'xstate';
import type { BuiltinAction } from './xstate-internals.js';

const stop = stopChild('') as unknown as BuiltinAction;

/**
 * Stops the children of a child that has failed, at once.
 *
 * @param children those of its last snapshot.
 */
export function stopChildren(
  { self, system, ...scope }: AnyActorScope,
  children: Readonly<Record<string, AnyActorRef | undefined>>,
): void {
  if (parentOf(self) === undefined) return;
  // Those that were made in the step that failed are in no snapshot, and can be found when they have a `systemId`.
  const named = Object.values<AnyActorRef>(system.getAll());
  // What is deferred is not executed any more.
  const atOnce = { ...scope, self, system, defer: (task: () => void) => task() };
  for (const child of new Set([...Object.values(children), ...named])) {
    if (child !== undefined && parentOf(child) === self) stop.execute?.(atOnce, child);
  }
}

/** The scope for a machine's initial snapshot: its actions are executed later, outside of the machine's own code. */
export function watchedScope(scope: AnyActorScope): AnyActorScope {
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
