import type { AnyStateMachine } from 'xstate';
import { chartCoverage } from '../../src/testing/coverage.js';

/** The states and transitions of a machine that hand-written scenarios take; guards are for the generated paths. */
export function transitionCoverage(machine: AnyStateMachine) {
  const coverage = chartCoverage(machine);
  return {
    ...coverage,
    missing: () => {
      const { states, transitions } = coverage.missing();
      return { states, transitions };
    },
  };
}
