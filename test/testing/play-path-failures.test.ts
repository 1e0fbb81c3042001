/** Machines that fail while a path is played. */
import { expect, it } from 'vitest';
import { assign, createActor, createMachine, raise } from 'xstate';
import { defineModel, type Model, type ModelCase } from '../../src/testing/model.js';
import { casePaths, type ModelPath } from '../../src/testing/paths.js';
import { PathError, playPath } from '../../src/testing/play-path.js';

const failure = new RangeError('the disk is full');
const fail = (): never => {
  throw failure;
};

const saver = createMachine({
  id: 'saver',
  initial: 'a',
  states: { a: { on: { go: 'b' } }, b: { on: { save: { actions: ['save', 'tell'] } } } },
} as never);

const cases: ModelCase[] = ['go', 'save'].map((type) => ({ name: type, event: { type } }));
const modelOf = (machine: Model['machine'], more: Partial<Model> = {}): Model => ({
  ...defineModel({ machine, variants: { usual: () => undefined }, cases }),
  ...more,
});

const errorOf = (model: Model, path: ModelPath | undefined): unknown => {
  if (path === undefined) throw new Error('There is no such path.');
  try {
    playPath(model, path);
  } catch (error) {
    return error;
  }
  return undefined;
};

const pathTo = (model: Model, title: string) => casePaths(model).find((path) => path.title.startsWith(title));

it('an action that fails is told with variant, path, case and cause, and throws at nobody else', () => {
  const model = modelOf(saver.provide({ actions: { save: fail } }));
  const error = errorOf(model, pathTo(model, 'usual: go, save'));
  expect(error).toBeInstanceOf(PathError);
  expect(error).toMatchObject({
    code: 'path_failed',
    message: 'usual: go, save\nAfter "save": the machine failed: the disk is full',
    cause: failure,
  });
});

it('so is one that fails at the start', () => {
  const model = modelOf(createMachine({ entry: fail }));
  const path = { title: 'usual: ', goals: [], variant: 'usual', start: model.start('usual'), steps: [] };
  expect(errorOf(model, path)).toMatchObject({
    message: 'usual: \nAfter the start: the machine failed: the disk is full',
  });
});

it('so is a machine that fails where that of the model does not', () => {
  const model = modelOf(saver);
  const broken = createMachine({
    id: 'saver',
    initial: 'a',
    context: {},
    states: { a: { on: { go: { actions: assign(fail) } } } },
  });
  const error = errorOf({ ...model, machine: broken }, pathTo(model, 'usual: go, save'));
  expect(error).toMatchObject({
    message: 'usual: go, save\nAfter "go": the machine failed: the disk is full',
    cause: failure,
  });
});

it('a machine that ends where it should not is told', () => {
  const right = createMachine({
    id: 'm',
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { after: { 10: 'c' } }, c: {} },
  });
  const ended = createMachine({
    id: 'm',
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
  });
  const model = modelOf(right);
  const path = pathTo(model, 'usual: go, after.10.m.b');
  expect(errorOf({ ...model, machine: ended }, path)).toMatchObject({
    message: expect.stringContaining('After "go": status not as in the model') as unknown,
  });
});

it('a path whose last timer is still to come waits until just before it', () => {
  const late = (delay: number) =>
    createMachine({
      id: 'm',
      on: { go: { actions: raise({ type: 'x' }, { delay }) }, x: { actions: 'tell' } },
    } as never);
  const model = modelOf(late(100));
  const path = pathTo(model, 'usual: go, save');
  expect(errorOf(model, path)).toBeUndefined();
  expect(errorOf({ ...model, machine: late(99) }, path)).toMatchObject({
    message: expect.stringContaining(
      'After the time before "delayed x": actions not as in the model',
    ) as unknown,
  });
});

it('what XState itself leaves set at the end is no fault: a timer under the id of another', () => {
  const twice = createMachine({
    id: 'm',
    on: { go: { actions: [1, 2].map((delay) => raise({ type: 'x' }, { id: 'k', delay })) } },
  });
  const model = modelOf(twice);
  const path = pathTo(model, 'usual: go, save');
  expect(path?.steps.at(-1)?.state.timers.size).toBeGreaterThan(1);
  expect(errorOf(model, path)).toBeUndefined();
  // So it is.
  let set = 0;
  const clock = { setTimeout: () => (set += 1), clearTimeout: () => void (set -= 1) };
  const actor = createActor(twice, { clock }).start();
  actor.send({ type: 'go' });
  actor.stop();
  expect(set).toBe(1);
});
