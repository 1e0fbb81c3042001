/** What a traversal says when it cannot be ended. */
import { expect, it } from 'vitest';
import { type AnyStateMachine, assign, createMachine, raise } from 'xstate';
import { defineModel, type Model, type ModelCase } from '../../src/testing/model.js';
import { casePaths, edgePaths } from '../../src/testing/paths.js';
import type { PathOptions } from '../../src/testing/traversal.js';

const casesOf = (names: readonly string[]): ModelCase[] =>
  names.map((type) => ({ name: type, event: { type } }));

const modelOf = (
  machine: AnyStateMachine,
  names: readonly string[],
  facets?: (n: number) => unknown,
): Model =>
  defineModel({
    machine,
    variants: { quiet: () => 0, usual: () => 1 },
    depths: { quiet: 0 },
    cases: casesOf(names),
    ...(facets && { facets: ({ context }: { context: { n: number } }) => facets(context.n) }),
  });

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

const counter = createMachine({
  id: 'counter',
  context: { n: 0 },
  on: { add: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
});

it('a traversal without an end names its variant, its limit and the last states', () => {
  const limited = (options: PathOptions) =>
    thrownBy(() =>
      casePaths(
        modelOf(counter, ['add'], (n) => ({ n })),
        options,
      ),
    );
  expect(limited({ limit: 9 })).toMatchObject({
    code: 'traversal_limit',
    message:
      'The traversal of counter in the variant "usual" was ended at its limit of 9 steps. The last states that it met:\n' +
      [5, 6, 7, 8, 9].map((n) => `  ["active",{}] {"n":${n}}\n`).join('') +
      'If they differ in facets that grow, give bounded ones; otherwise use stopWhen or depths, or raise the limit.',
  });
});

it('a long state is told by its beginning', () => {
  const model = modelOf(counter, ['add'], (n) => `${n} ${'x'.repeat(1_000)}`);
  const { message } = thrownBy(() => casePaths(model, { limit: 2 })) as Error;
  expect(message).toContain('  ["active",{}] "2 xxx');
  expect(message).toContain('xxx...\n');
  expect(message.length).toBeLessThan(1_500);
});

const brittle = createMachine({
  id: 'brittle',
  initial: 'a',
  context: {},
  states: {
    a: { on: { go: 'b' } },
    b: {
      on: {
        break: {
          actions: assign(() => {
            throw new TypeError('no such seat');
          }),
        },
      },
    },
  },
});

it('a machine that fails on the way is told with variant, path and case', () => {
  const error = thrownBy(() => casePaths(modelOf(brittle, ['go', 'break']))) as Error;
  expect(error).toMatchObject({
    name: 'ModelError',
    code: 'step_failed',
    message:
      'The machine brittle failed in the variant "usual", after "go" in the case "break": no such seat',
  });
  expect(error.cause).toBeInstanceOf(TypeError);
});

it('so is one that fails at its start, and a guard that fails in the first case', () => {
  const unready = createMachine({
    id: 'unready',
    context: () => {
      throw new RangeError('no seat');
    },
  });
  expect(thrownBy(() => edgePaths(modelOf(unready, [])))).toMatchObject({
    code: 'step_failed',
    message: 'The machine unready failed in the variant "quiet", at its start: no seat',
  });
  const guarded = createMachine({
    id: 'guarded',
    on: {
      go: {
        guard: () => {
          throw new RangeError('no guard');
        },
      },
    },
  });
  expect((thrownBy(() => edgePaths(modelOf(guarded, ['go']))) as Error).message).toMatch(
    /^The machine guarded failed in the variant "usual", at its start in the case "go": .*\nno guard$/,
  );
});

it('functions of the model that fail are told like the machine', () => {
  const model = (parts: object) =>
    defineModel({ machine: brittle, variants: { usual: () => 0 }, cases: casesOf(['go']), ...parts });
  const facets = (): never => {
    throw new RangeError('no facet');
  };
  expect(thrownBy(() => edgePaths(model({ facets })))).toMatchObject({
    code: 'step_failed',
    message: 'facets of the model of brittle failed in the variant "usual", at its start: no facet',
  });
  const when = ({ value }: { value: unknown }): boolean => {
    if (value === 'b') throw new RangeError('no case');
    return true;
  };
  const cases = casesOf(['go']).map((one) => ({ ...one, when }));
  expect(thrownBy(() => edgePaths(model({ cases })))).toMatchObject({
    code: 'step_failed',
    message: 'when of the model of brittle failed in the variant "usual", after "go": no case',
  });
});

it('a limit that is no number of steps is refused', () => {
  for (const limit of [Number.NaN, 0, -1]) {
    expect(thrownBy(() => edgePaths(modelOf(brittle, ['go']), { limit }))).toMatchObject({
      code: 'options_invalid',
      message: `The limit of a traversal must be a number of steps, not ${limit}.`,
    });
  }
});

it('a machine that arms more and more timers has an end', () => {
  const machine = createMachine({
    id: 'm',
    on: {
      arm: { actions: [raise({ type: 'x' }, { delay: 10 }), raise({ type: 'y' }, { delay: 10 })] },
      x: {},
      y: {},
    },
  });
  const model = modelOf(machine, ['arm']);
  expect(edgePaths(model, { limit: 100 }).map(({ title }) => title)).toEqual([
    'usual: arm, delayed x, delayed y',
  ]);
});

it('cases whose names are numbers come in their order', () => {
  const machine = createMachine({
    id: 'm',
    initial: 'a',
    states: { a: { on: { '2': 'b', '1': 'b' } }, b: { on: { '2': {} } } },
  });
  expect(edgePaths(modelOf(machine, ['2', '1'])).map(({ title }) => title)).toEqual([
    'usual: 1',
    'usual: 2, 2',
  ]);
});

it('paths to every transition need no more steps once all are taken', () => {
  const model = modelOf(counter, ['add'], (n) => ({ n }));
  expect(edgePaths(model, { limit: 2 }).map(({ title }) => title)).toEqual(['usual: add']);
});
