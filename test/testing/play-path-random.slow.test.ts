/** Machines made by chance do as their models say, and what their models take is covered. */
import { expect, it } from 'vitest';
import { createRandom } from '../../src/chance/random.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { defineModel } from '../../src/testing/model.js';
import { ModelError } from '../../src/testing/model-error.js';
import { casePaths, edgePaths, type ModelPath } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { randomCases, randomMachine } from './random-machine.js';

const seeds = Array.from({ length: 30 }, (_none, index) => index);

/** No paths for a machine that goes round in itself for ever, or that sends to a child that it has stopped. */
function pathsOf(model: ReturnType<typeof modelOf>): ModelPath[] {
  try {
    return [...edgePaths(model), ...casePaths(model)];
  } catch (error) {
    if (error instanceof ModelError && error.code === 'step_failed') return [];
    throw error;
  }
}

const modelOf = (seed: number) =>
  defineModel({
    machine: randomMachine(createRandom(`machine ${seed}`)),
    variants: { usual: () => undefined },
    depths: { usual: 4 },
    cases: randomCases,
    facets: ({ context }) => (context as { n: number }).n,
  });

let played = 0;

it.each(seeds)('machine %i', (seed) => {
  const model = modelOf(seed);
  const coverage = chartCoverage(model.machine);
  const taken = pathsOf(model).flatMap((path) => {
    playPath(model, path, { inspect: coverage.inspect });
    played += 1;
    return [path.start, ...path.steps.map(({ state }) => state)].flatMap((state) => state.taken);
  });
  const { transitions, refusals } = coverage.missing();
  const missing = new Set([...transitions, ...refusals]);
  expect(taken.filter((name) => missing.has(name))).toEqual([]);
});

it('are many, and their paths as well', () => {
  expect(played).toBeGreaterThan(500);
});
