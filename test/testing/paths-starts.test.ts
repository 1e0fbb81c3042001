/** What a machine does at its start, where a path may have no steps at all. */
import { expect, it } from 'vitest';
import { assign, fromPromise, setup } from 'xstate';
import { chartCoverage } from '../../src/testing/coverage.js';
import { defineModel } from '../../src/testing/model.js';
import { casePaths, edgePaths } from '../../src/testing/paths.js';
import { PathError, playPath } from '../../src/testing/play-path.js';

const checkerSetup = setup({
  types: {
    input: {} as { isRight: boolean },
    context: {} as { isRight: boolean },
    events: {} as { type: 'go' },
  },
  guards: { isWrong: ({ context }) => !context.isRight },
});
const makeChecker = (wrongEnd: 'refused' | 'done') =>
  checkerSetup.createMachine({
    id: 'checker',
    context: ({ input }) => input,
    initial: 'checking',
    states: {
      checking: { always: [{ guard: 'isWrong', target: wrongEnd }, { target: 'working' }] },
      refused: { type: 'final' },
      working: { on: { go: 'done' } },
      done: { type: 'final' },
    },
  });

const modelOf = (wrongEnd: 'refused' | 'done' = 'refused') =>
  defineModel({
    machine: makeChecker(wrongEnd),
    variants: { right: () => ({ isRight: true }), wrong: () => ({ isRight: false }) },
    cases: [{ name: 'go', event: { type: 'go' } }],
  });

it.each([
  ['edgePaths', edgePaths],
  ['casePaths', casePaths],
])('%s: a variant that ends where it starts is a path', (_name, pathsOf) => {
  const model = modelOf();
  const paths = pathsOf(model);
  expect(paths.map(({ title }) => title).toSorted()).toEqual(['right: go', 'wrong']);
  const coverage = chartCoverage(model.machine);
  for (const path of paths) playPath(model, path, { inspect: coverage.inspect });
  coverage.assertComplete();
  const [wrong] = paths.filter(({ variant }) => variant === 'wrong');
  expect(wrong?.goals).not.toEqual([]);
  if (wrong === undefined) return;
  expect(() => playPath(modelOf('done'), wrong)).toThrow(PathError);
});

it('a start is no path of its own where another one begins with it', () => {
  const { machine, variants } = modelOf();
  const model = defineModel({
    machine,
    variants: { right: variants['right'] ?? (() => ({ isRight: true })) },
    cases: [{ name: 'go', event: { type: 'go' } }],
  });
  for (const paths of [edgePaths(model), casePaths(model)]) {
    expect(paths.map(({ title }) => title)).toEqual(['right: go']);
  }
});

it('the end of a child that the types of a machine do not list is a case', () => {
  const machine = setup({
    types: { context: {} as { page: string | null }, events: {} as { type: 'go' } },
    actors: { loader: fromPromise(() => Promise.resolve('a page')) },
  }).createMachine({
    id: 'reader',
    context: { page: null },
    initial: 'reading',
    states: {
      reading: {
        invoke: {
          id: 'load',
          src: 'loader',
          onDone: { target: 'read', actions: assign({ page: ({ event }) => event.output }) },
        },
      },
      read: {},
    },
  });
  const model = defineModel({
    machine,
    variants: { usual: () => undefined },
    cases: [
      { name: 'loaded', event: { type: 'xstate.done.actor.load', output: 'page' } },
      { name: 'broken', event: { type: 'xstate.error.actor.load', error: new Error('no page') } },
      // @ts-expect-error: no such event
      { name: 'gone', event: { type: 'gone' } },
    ],
  });
  expect(edgePaths(model).map(({ title }) => title)).toEqual(['usual: loaded']);
});
