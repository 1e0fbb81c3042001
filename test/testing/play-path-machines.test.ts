/** What the kit says of small machines: nothing of those that are right, and where the others are wrong. */
import { describe, expect, it } from 'vitest';
import { chartCoverage } from '../../src/testing/coverage.js';
import { defineModel, type Model } from '../../src/testing/model.js';
import { casePaths, edgePaths, type ModelPath } from '../../src/testing/paths.js';
import { PathError, playPath } from '../../src/testing/play-path.js';
import { relatedMachines } from './related-machines.js';
import { shapedMachines } from './shaped-machines.js';
import type { SmallMachine } from './small-machine.js';
import { timedMachines } from './timed-machines.js';

const smallMachines = { ...timedMachines, ...relatedMachines, ...shapedMachines };

function modelOf({ machine, cases, facets, input }: SmallMachine, isRight: boolean): Model {
  return defineModel({
    machine: machine(isRight),
    variants: { usual: () => input },
    cases: cases.map((one) => (typeof one === 'string' ? { name: one, event: { type: one } } : one)),
    ...(facets && { facets }),
  });
}

const pathsOf = (model: Model): ModelPath[] => [...edgePaths(model), ...casePaths(model)];

/** A machine with nothing to do but to start has no path: it is started. */
const playable = (model: Model): ModelPath[] => {
  const start: ModelPath = {
    title: 'usual: ',
    goals: [],
    variant: 'usual',
    start: model.start('usual'),
    steps: [],
  };
  return [...pathsOf(model), start];
};

describe.each(Object.entries(smallMachines))('%s', (_what, small) => {
  it('plays as its model says, on every path, which take all that can be taken', () => {
    const model = modelOf(small, true);
    const coverage = chartCoverage(model.machine);
    for (const path of playable(model)) playPath(model, path, { inspect: coverage.inspect });
    expect(() => coverage.assertComplete({ except: small.except ?? [] })).not.toThrow();
  });

  it('is told from the one with a fault, by an error that says where it is', () => {
    const model = modelOf(small, true);
    const faulty = { ...model, machine: small.machine(false) };
    const errors = playable(model).flatMap((path) => {
      try {
        playPath(faulty, path);
        return [];
      } catch (error) {
        return [error];
      }
    });
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBeInstanceOf(PathError);
    expect(errors.map(String).join('\n')).toContain(small.says);
  });

  it('does as its own model says, with its fault, too', () => {
    const model = modelOf(small, false);
    expect(() => {
      for (const path of playable(model)) playPath(model, path);
    }).not.toThrow();
  });
});

it('are more than twenty', () => {
  expect(Object.keys(smallMachines).length).toBeGreaterThan(40);
});
