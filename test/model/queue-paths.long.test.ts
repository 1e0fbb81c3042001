/** Paths that were generated from the queue keeper's chart, played against it on scripted ports and a virtual clock. */
import { expect, it } from 'vitest';
import { chartCoverage } from '../../src/testing/coverage.js';
import { edgePaths } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { queueCases } from '../../src/testing/queue-cases.js';
import { queueModel } from '../../src/testing/queue-model.js';

/** What the paths of these cases do not take. */
function missingOf(cases: typeof queueCases) {
  const model = queueModel({ cases });
  const coverage = chartCoverage(model.machine);
  for (const path of edgePaths(model)) playPath(model, path, { inspect: coverage.inspect });
  return coverage.missing();
}

it('the queue keeper does as its model says, in every state, every transition and on both sides of every guard', () => {
  expect(missingOf(queueCases)).toEqual({ states: [], transitions: [], refusals: [] });
});

it('the report names what a case is needed for', () => {
  const { transitions } = missingOf(queueCases.filter(({ name }) => name !== 'given'));
  expect(transitions).toContain('#queue on queue.give [0] -> (stays)');
});
