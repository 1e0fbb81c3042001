import { describe, expect, it } from 'vitest';
import {
  type AnyActorRef,
  type AnyStateMachine,
  assign,
  createActor,
  enqueueActions,
  fromCallback,
  setup,
  spawnChild,
} from 'xstate';
import { compileMachine } from '../../src/statechart/compile-machine.js';

const fail = (): never => {
  throw new Error('broken');
};

/** A parent with a child that fails, whose ports say when they run. */
function family({ broken = 'later' }: { broken?: 'at its start' | 'later' } = {}) {
  const running = new Set<string>();
  const port = fromCallback(({ self }) => {
    running.add(self.id);
    return () => void running.delete(self.id);
  });
  const child = compileMachine(
    setup({ actors: { port } }).createMachine({
      invoke: { src: 'port', id: 'invoked', systemId: 'named' },
      initial: 'a',
      entry:
        broken === 'at its start'
          ? [spawnChild('port', { id: 'spawned' }), fail]
          : [spawnChild('port', { id: 'spawned' })],
      states: { a: {} },
      on: {
        'fail.in.action': { actions: fail },
        'fail.in.guard': { guard: fail },
        'fail.after.spawn': { actions: [spawnChild('port', { id: 'new', systemId: 'new' }), fail] },
        'fail.in.enqueued': { actions: enqueueActions(fail) },
      },
    }),
  );
  const parent = setup({ actors: { child } }).createMachine({
    invoke: { src: 'child', id: 'child', onError: { actions: ({ event }) => errors.push(event.error) } },
  });
  const errors: unknown[] = [];
  const actor = createActor(parent);
  return { actor, running, errors, child };
}

describe('the children of a compiled machine that fails', () => {
  it.each(['fail.in.action', 'fail.in.guard', 'fail.after.spawn', 'fail.in.enqueued'])(
    'are stopped, and their names are free: %s',
    (type) => {
      const { actor, running, errors } = family();
      actor.start();
      expect([...running].toSorted()).toEqual(['invoked', 'spawned']);
      const machine = actor.getSnapshot().children['child'] as AnyActorRef;
      machine.send({ type });
      expect(errors).toMatchObject([{ message: expect.stringContaining('broken') }]);
      expect([...running].toSorted()).toEqual([]);
      expect(actor.system.getAll()).toEqual({});
      expect(actor.getSnapshot().status).toBe('active');
      actor.stop();
    },
  );

  it('are stopped when the machine fails while it is started', () => {
    const { actor, running, errors } = family({ broken: 'at its start' });
    actor.start();
    expect(errors).toMatchObject([{ message: 'broken' }]);
    expect([...running].toSorted()).toEqual([]);
    expect(actor.system.getAll()).toEqual({});
    actor.stop();
  });

  it('leave their names free, and those of their own children, when none of them was started', () => {
    const port = fromCallback(() => undefined);
    const middle = setup({ actors: { port } }).createMachine({ invoke: { src: 'port', systemId: 'inside' } });
    const broken = {
      'in its context': setup({ actors: { port, middle } }).createMachine({
        context: ({ spawn }) => {
          spawn('port', { id: 'port', systemId: 'port' });
          return fail();
        },
      }),
      'in the assignment of an entry': setup({ actors: { port, middle } }).createMachine({
        entry: [spawnChild('middle', { id: 'middle' }), assign(fail)],
      }),
      'in a step': setup({ actors: { port, middle } }).createMachine({
        on: { go: { actions: [spawnChild('middle', { id: 'middle' }), fail] } },
      }),
    };
    for (const [where, machine] of Object.entries(broken)) {
      const errors: unknown[] = [];
      const parent = setup({ actors: { child: compileMachine(machine) } }).createMachine({
        invoke: { src: 'child', id: 'child', onError: { actions: ({ event }) => errors.push(event.error) } },
      });
      const actor = createActor(parent).start();
      (actor.getSnapshot().children['child'] as AnyActorRef | undefined)?.send({ type: 'go' });
      expect(errors, where).toMatchObject([{ message: 'broken' }]);
      expect(Object.keys(actor.system.getAll()), where).toEqual([]);
      actor.stop();
    }
  });

  it('leave their names free when the machine cannot be restored', () => {
    const { actor } = family();
    actor.start();
    const kept = JSON.parse(JSON.stringify(actor.getPersistedSnapshot()));
    const { logic: parent } = actor as unknown as { logic: AnyStateMachine };
    actor.stop();
    kept.children.child.snapshot.value = 'no state of it';
    const restored = createActor(parent, { snapshot: kept });
    expect((restored.getSnapshot().children['child'] as AnyActorRef).getSnapshot().status).toBe('error');
    expect(Object.keys(restored.system.getAll())).toEqual([]);
  });

  it('go on when nobody is above it: who started a root may still want what they have', () => {
    const { child, running } = family();
    const root = createActor(child);
    const errors: unknown[] = [];
    root.subscribe({ error: (error) => errors.push(error) });
    root.start();
    root.send({ type: 'fail.in.action' });
    expect(errors).toMatchObject([{ message: 'broken' }]);
    expect([...running].toSorted()).toEqual(['invoked', 'spawned']);
  });
});
