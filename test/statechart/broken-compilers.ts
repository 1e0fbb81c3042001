/** Compilers with one defect each, to see that the comparison of both forms finds it. */
import type { AnyActorScope, AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { LockstepOptions } from './lockstep.js';

type Compile = NonNullable<LockstepOptions['compile']>;
type Transition = (
  snapshot: AnyMachineSnapshot,
  event: AnyEventObject,
  scope: AnyActorScope,
) => AnyMachineSnapshot;

const withTransition =
  (wrap: (transition: Transition) => Transition): Compile =>
  (machine) => {
    const broken = Object.create(machine) as AnyStateMachine;
    broken.transition = wrap(machine.transition as Transition) as never;
    return broken as typeof machine;
  };

const withResult = (
  change: (after: AnyMachineSnapshot, before: AnyMachineSnapshot) => AnyMachineSnapshot,
): Compile =>
  withTransition(
    (transition) => (snapshot, event, scope) => change(transition(snapshot, event, scope), snapshot),
  );

type Execute = AnyActorScope['actionExecutor'];

const withExecutor = (wrap: (execute: Execute) => Execute): Compile =>
  withTransition(
    (transition) => (snapshot, event, scope) =>
      transition(snapshot, event, { ...scope, actionExecutor: wrap(scope.actionExecutor) }),
  );

const withInspection = (passes: (event: { type: string }, seen: number) => boolean): Compile =>
  withTransition((transition) => (snapshot, event, scope) => {
    let seen = 0;
    const system = Object.create(scope.system as object) as {
      _sendInspectionEvent: (event: { type: string }) => void;
    };
    const { _sendInspectionEvent: send } = scope.system as unknown as typeof system;
    system._sendInspectionEvent = (inspected) => {
      if (passes(inspected, seen++)) send(inspected);
    };
    return transition(snapshot, event, { ...scope, system: system as never });
  });

export const brokenCompilers: Readonly<Record<string, Compile>> = {
  'makes a new snapshot when nothing has changed': withResult((after, before) =>
    after === before ? ({ ...after } as typeof after) : after,
  ),
  'keeps the snapshot when only the context was made again': withResult((after, before) =>
    JSON.stringify(after.toJSON()) === JSON.stringify(before.toJSON()) ? before : after,
  ),
  'copies the context': withResult((after) => ({ ...after, context: { ...after.context } }) as typeof after),
  'makes snapshots with their keys in another order': withResult(
    ({ status, ...after }) => ({ ...after, status }) as AnyMachineSnapshot,
  ),
  'forgets the tags': withResult((after) => ({ ...after, tags: new Set() }) as unknown as typeof after),
  'leaves out what is undefined in a snapshot': withResult(({ output, ...after }) =>
    output === undefined ? (after as AnyMachineSnapshot) : ({ ...after, output } as AnyMachineSnapshot),
  ),
  'executes actions twice': withExecutor((execute) => (action) => {
    execute(action);
    execute(action);
  }),
  'executes no cancel': withExecutor((execute) => (action) => {
    if (action.type !== 'xstate.cancel') execute(action);
  }),
  'names actions otherwise': withExecutor(
    (execute) => (action) => execute({ ...action, type: action.type.replace('(anonymous)', 'anonymous') }),
  ),
  'gives actions another event': withExecutor(
    (execute) => (action) => execute({ ...action, info: { ...action.info, event: { type: 'another' } } }),
  ),
  'delays timers by a millisecond': withExecutor((execute) => (action) => {
    const { params } = action as unknown as { params?: { delay?: number } };
    if (typeof params?.delay === 'number') params.delay += 1;
    execute(action);
  }),
  'shows no microstep': withInspection(({ type }) => type !== '@xstate.microstep'),
  'catches what an action throws': withTransition((transition) => (snapshot, event, scope) => {
    try {
      return transition(snapshot, event, scope);
    } catch {
      return snapshot;
    }
  }),
};
