/**
 * What the compiler takes for granted about XState, beyond its documentation (`src/statechart/xstate-internals.ts`): one
 * sentence for each, and how to see that it is so.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  type AnyActorRef,
  type AnyStateNode,
  and,
  assign,
  cancel,
  createActor,
  createMachine,
  emit,
  enqueueActions,
  fromCallback,
  log,
  not,
  or,
  raise,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate';

const machine = createMachine({
  id: 'm',
  context: { n: 0 },
  initial: 'a',
  states: {
    a: {
      entry: 'entered',
      on: { go: { target: 'b.c', guard: 'may', actions: 'done' }, 'more.*': {} },
      after: { 10: 'b' },
    },
    b: { initial: 'c', exit: 'left', always: { guard: () => false, target: 'a' }, states: { c: {} } },
  },
}).provide({ guards: { may: () => true } });

const nodeOf = (id: string) =>
  (machine as unknown as { idMap: Map<string, AnyStateNode> }).idMap.get(id) as AnyStateNode;

const builtins = {
  'xstate.assign': assign({}),
  'xstate.sendTo': sendTo('a', { type: 'b' }),
  'xstate.raise': raise({ type: 'b' }),
  'xstate.cancel': cancel('a'),
  'xstate.emit': emit({ type: 'b' }),
  'xstate.log': log('a'),
  'xstate.spawnChild': spawnChild('a'),
  'xstate.stopChild': stopChild('a'),
  'xstate.enqueueActions': enqueueActions(() => undefined),
};

function stepped() {
  const seen: { type: string; transitions?: readonly { source: { id: string } }[] }[] = [];
  const actor = createActor(machine, {
    inspect: (event) =>
      seen.push({ type: event.type, ...('_transitions' in event && { transitions: event._transitions }) }),
  });
  actor.start();
  seen.length = 0;
  actor.send({ type: 'go' });
  actor.send({ type: 'unheard' });
  const [snapshot, taken] = [actor.getSnapshot(), [...seen]];
  actor.stop();
  return { seen: taken, snapshot };
}

/** A machine whose action throws, and the actor that it had started. */
function failed() {
  let running = 0;
  const port = fromCallback(() => {
    running += 1;
    return () => {
      running -= 1;
    };
  });
  const child = createMachine({
    invoke: { src: port },
    on: {
      fail: {
        actions: () => {
          throw new Error('failed');
        },
      },
    },
  });
  const parent = createActor(createMachine({ invoke: { src: child, id: 'child' } }));
  parent.subscribe({ error: () => undefined });
  parent.start();
  parent.getSnapshot().children['child']?.send({ type: 'fail' });
  return running;
}

const has = (value: object, ...keys: string[]) => keys.every((key) => key in value);

const assumptions: Readonly<Record<string, () => boolean>> = {
  'the keys of a snapshot, in this order': () =>
    isDeepStrictEqual(Object.keys(stepped().snapshot), [
      'status',
      'output',
      'error',
      'machine',
      'context',
      '_nodes',
      'value',
      'tags',
      'children',
      'historyValue',
      'matches',
      'hasTag',
      'can',
      'getMeta',
      'toJSON',
    ]),
  '`_nodes` of a snapshot are the active states, the root first': () => {
    const { _nodes: nodes } = stepped().snapshot as unknown as { _nodes: AnyStateNode[] };
    return isDeepStrictEqual(
      nodes.map(({ id }) => id),
      ['m', 'm.b', 'm.b.c'],
    );
  },
  'a step is inspected as event, actions, microstep with its transitions, and snapshot': () =>
    isDeepStrictEqual(
      stepped().seen.map(({ type, transitions }) => [type, transitions?.map(({ source }) => source.id)]),
      [
        ['@xstate.event', undefined],
        ['@xstate.action', undefined],
        ['@xstate.action', undefined],
        ['@xstate.microstep', ['m.a']],
        ['@xstate.snapshot', undefined],
        ['@xstate.event', undefined],
        ['@xstate.microstep', []],
        ['@xstate.snapshot', undefined],
      ],
    ),
  'the system of actors has `_sendInspectionEvent`': () =>
    has(createActor(machine).system as object, '_sendInspectionEvent', '_relay', 'getAll'),
  'state nodes have these fields, transitions by their descriptors among them': () =>
    ['m', 'm.a', 'm.b', 'm.b.c'].every((id) =>
      has(
        nodeOf(id),
        'id',
        'key',
        'type',
        'parent',
        'order',
        'entry',
        'exit',
        'invoke',
        'initial',
        'tags',
        'states',
        'always',
      ),
    ) &&
    isDeepStrictEqual([...nodeOf('m.a').transitions.keys()], ['go', 'more.*', 'xstate.after.10.m.a']) &&
    nodeOf('m.b').always?.length === 1,
  'transitions have source, target, actions, guard, reenter and eventType': () => {
    const [transition] = nodeOf('m.a').transitions.get('go') ?? [];
    return (
      transition !== undefined &&
      transition.source === nodeOf('m.a') &&
      transition.target?.[0] === nodeOf('m.b.c') &&
      !transition.reenter &&
      transition.eventType === 'go' &&
      isDeepStrictEqual([...transition.actions, transition.guard], ['done', 'may'])
    );
  },
  'a delayed transition is a raise on entry and a cancel on exit': () => {
    const { entry, exit } = nodeOf('m.a');
    return isDeepStrictEqual(
      [
        entry.map((one) => (one as { type?: string }).type ?? one),
        exit.map((one) => (one as { type?: string }).type ?? one),
      ],
      [['entered', 'xstate.raise'], ['xstate.cancel']],
    );
  },
  'what was provided is in `implementations`': () =>
    has(machine.implementations, 'actions', 'guards', 'delays', 'actors') &&
    'may' in machine.implementations.guards,
  'actions of XState have a type, `resolve`, and `execute` where something is left to do': () =>
    Object.entries(builtins).every(([type, action]) => {
      const later = 'execute' in action;
      return (
        (action as unknown as { type: string }).type === type &&
        'resolve' in action &&
        later !== /assign|enqueue/.test(type)
      );
    }) && has(assign({ a: 1 }), 'assignment'),
  'guards of XState have `check`': () =>
    [and([]), or([]), not('may'), stateIn('a')].every((guard) => 'check' in guard),
  'an actor knows its `_parent`': () => '_parent' in createActor(machine),
  'methods of a machine are its own, so that a logic made from it keeps them': () =>
    Object.hasOwn(machine, 'transition') && Object.hasOwn(machine, 'getPersistedSnapshot'),
  'a child that fails leaves its own children running': () => failed() === 1,
  'an actor is a system of its own, whose actors can be found by name': () => {
    const actor: AnyActorRef = createActor(machine, { systemId: 'name' });
    return actor.system.get('name') === actor;
  },
};

/** @returns the assumptions that do not hold. */
export function brokenAssumptions(): string[] {
  return Object.entries(assumptions).flatMap(([sentence, holds]) => {
    try {
      return holds() ? [] : [sentence];
    } catch (error) {
      return [`${sentence} (${String(error)})`];
    }
  });
}
