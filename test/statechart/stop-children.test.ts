import { describe, expect, it } from 'vitest';
import { type AnyActorRef, createActor, enqueueActions, fromCallback, setup, spawnChild } from 'xstate';
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
