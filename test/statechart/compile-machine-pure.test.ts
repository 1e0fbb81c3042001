/** A compiled machine where no actor runs it: XState's pure functions, and what a machine can be asked. */

import { describe, expect, it, vi } from 'vitest';
import {
  type AnyEventObject,
  type AnyStateMachine,
  assign,
  createActor,
  createMachine,
  emit,
  getInitialSnapshot,
  getMicrosteps,
  getNextSnapshot,
  initialTransition,
  StateMachine,
  sendTo,
  transition,
} from 'xstate';
import { compileMachine } from '../../src/statechart/compile-machine.js';
import { Mirror } from './mirror.js';
import { loose } from './small-machine.js';

const make = (by = 1) =>
  createMachine(
    {
      types: loose,
      id: 'm',
      version: '1',
      context: { n: 0 },
      initial: 'a',
      entry: 'started',
      on: { count: { actions: ['add', { type: 'named', params: { a: 1 } }, emit({ type: 'counted' })] } },
      states: {
        a: {
          tags: 'first',
          entry: 'entered',
          on: { next: 'b', send: { actions: sendTo(({ self }) => self, { type: 'next' }) } },
        },
        b: { on: { next: 'c' }, after: { 10: 'a' } },
        c: { type: 'final' },
      },
    },
    { actions: { add: assign({ n: ({ context }) => context.n + by }) } },
  );

const walk: AnyEventObject[] = ['count', 'unheard', 'send', 'count', 'next', 'count', 'next', 'count'].map(
  (type) => ({ type }),
);

/** Answers of both machines to everything in turn, with the snapshot handed on. */
function expectAlike(ask: (machine: AnyStateMachine) => unknown): void {
  const mirror = new Mirror(false);
  const machine = make();
  const [plain, compiled] = [ask(machine), ask(compileMachine(machine))];
  mirror.compare(plain, compiled, 'answer');
  expect(plain).toBeDefined();
}

describe('a compiled machine answers as the plain one does', () => {
  it('in `transition`, with the actions to be executed', () => {
    expectAlike((machine) => {
      let [snapshot] = initialTransition(machine);
      return walk.map((event) => {
        const [next, actions] = transition(machine, snapshot, event);
        snapshot = next;
        return [
          next,
          actions.map((action) => [Object.keys(action), action.type, action.params, action.info]),
        ];
      });
    });
  });

  it('in `initialTransition`', () => {
    expectAlike((machine) => {
      const [snapshot, actions] = initialTransition(machine);
      return [snapshot, actions.map(({ type, params, info }) => [type, params, info])];
    });
  });

  it('in `getNextSnapshot` and `getMicrosteps`', () => {
    expectAlike((machine) => {
      let snapshot = getInitialSnapshot(machine);
      return walk.map((event) => {
        const steps = getMicrosteps(machine, snapshot, event).map(([step]) => step);
        snapshot = getNextSnapshot(machine, snapshot, event);
        return [snapshot, steps];
      });
    });
  });

  it('about itself', () => {
    const machine = make();
    const compiled = compileMachine(machine);
    expect(compiled).toBeInstanceOf(StateMachine);
    const { id, version, config, root, states, events, implementations } = machine;
    expect(compiled).toMatchObject({ id, version, events });
    expect([compiled.config, compiled.root, compiled.states, compiled.implementations]).toEqual([
      config,
      root,
      states,
      implementations,
    ]);
    expect(compiled.getStateNodeById('m.b')).toBe(machine.getStateNodeById('m.b'));
    expect(JSON.stringify(compiled)).toBe(JSON.stringify(machine));
  });

  it('with the very functions that an author wrote', () => {
    const started = () => undefined;
    const machine = createMachine({ entry: started, on: { go: { actions: started } } });
    const compiled = compileMachine(machine);
    const [snapshot, actions] = initialTransition(compiled);
    const [, later] = transition(compiled, snapshot, { type: 'go' });
    expect([...actions, ...later].map(({ exec }) => exec === started)).toEqual([true, true]);
  });

  it('to an event whose type is no text', () => {
    const answer = (form: AnyStateMachine, type: unknown) => {
      try {
        return getNextSnapshot(form, getInitialSnapshot(form), { type });
      } catch (error) {
        return String(error);
      }
    };
    for (const type of [Symbol('count'), Object.create(null), 1, undefined])
      expectAlike((machine) => answer(machine, type));
  });

  it('in a logic that is made of it', () => {
    expectAlike((machine) => {
      const seen: string[] = [];
      // What `{ ...machine, transition }` takes.
      const own = Object.assign({}, machine);
      const logic = Object.assign(own, {
        transition: (...step: Parameters<AnyStateMachine['transition']>) => {
          seen.push(step[1].type);
          return machine.transition(...step);
        },
      });
      const actor = createActor(logic).start();
      for (const event of walk) actor.send(event);
      return [seen, actor.getSnapshot(), actor.getPersistedSnapshot()];
    });
  });

  it('from a state that was resolved', () => {
    expectAlike((machine) => {
      const resolved = machine.resolveState({ value: 'b', context: { n: 5 } });
      return [
        resolved,
        getNextSnapshot(machine, resolved, { type: 'count' }),
        getNextSnapshot(machine, resolved, { type: 'next' }),
      ];
    });
  });

  it('from a snapshot of the other form', () => {
    const machine = make();
    const plain = getNextSnapshot(machine, getInitialSnapshot(machine), { type: 'next' });
    const [own, other] = [machine, compileMachine(machine)].map((form) =>
      getNextSnapshot(form, plain, { type: 'count' }),
    );
    new Mirror(false).compare(own, other, 'snapshot');
  });

  it('from a snapshot of a machine with other parts: with those parts', () => {
    const [one, other] = [make(1), make(100)];
    const snapshot = getInitialSnapshot(other);
    const told: string[] = [];
    const compiled = compileMachine(one, { onInterpreted: (why) => told.push(why) });
    const after = [one, compiled].map(
      (machine) => getNextSnapshot(machine, snapshot, { type: 'count' }).context,
    );
    expect(after).toEqual([{ n: 100 }, { n: 100 }]);
    expect(told).toHaveLength(1);
  });
});

it('tells no difference between what was kept by one form and restored by the other', () => {
  const machine = make();
  const forms = [machine, compileMachine(machine)];
  const kept = forms.map((form) => {
    const actor = createActor(form).start();
    for (const event of walk.slice(0, 4)) actor.send(event);
    const persisted = JSON.stringify(actor.getPersistedSnapshot());
    actor.stop();
    return persisted;
  });
  expect(kept[1]).toBe(kept[0]);
  const restored = forms.toReversed().map((form) => {
    const actor = createActor(form, { snapshot: JSON.parse(kept[0] ?? '') }).start();
    actor.send({ type: 'count' });
    const { value, context, status } = actor.getSnapshot();
    actor.stop();
    return { value, context, status };
  });
  expect(restored[0]).toEqual({ value: 'b', context: { n: 3 }, status: 'active' });
  expect(restored[1]).toEqual(restored[0]);
});

it('keeps the rows of real events in its tables, however many types of events are made up', () => {
  const machine = make();
  const actor = createActor(compileMachine(machine)).start();
  for (let index = 0; index < 1000; index++) actor.send({ type: `made.up.${index}` });
  actor.send({ type: 'count' });
  const read = vi.spyOn(machine.root.transitions, 'get');
  actor.send({ type: 'count' });
  expect(read).not.toHaveBeenCalled();
  expect(actor.getSnapshot().context).toEqual({ n: 2 });
  actor.stop();
});
