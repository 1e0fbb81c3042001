import { describe, expect, it } from 'vitest';
import type { InspectionEvent } from 'xstate';
import { matchMachine } from '../../src/machines/match.js';
import { startMatch } from '../kit/match-harness.js';
import { transitionCoverage } from '../kit/transition-coverage.js';
import { type MatchScenario, matchScenarios } from './match.scenarios.js';
import { matchEdgeScenarios } from './match-edges.scenarios.js';
import { matchGamesScenarios } from './match-games.scenarios.js';
import { matchHoldScenarios } from './match-hold.scenarios.js';
import { matchOverScenarios } from './match-over.scenarios.js';
import { matchTableScenarios } from './match-table.scenarios.js';
import { matchToldScenarios } from './match-told.scenarios.js';

const scenarios = [
  ...matchScenarios,
  ...matchHoldScenarios,
  ...matchOverScenarios,
  ...matchToldScenarios,
  ...matchEdgeScenarios,
  ...matchTableScenarios,
  ...matchGamesScenarios,
];

function play(scenario: MatchScenario, inspect?: Parameters<typeof startMatch>[1]): void {
  const match = startMatch(scenario.input, inspect, scenario.botIsSlow);
  scenario.play(match);
  match.actor.stop();
  expect(match.clock.pending()).toBe(0);
}

/** Frozen, so that a step that writes into the context before it fails: who kept that one must not see it change. */
function freezeContext(event: InspectionEvent): void {
  if (event.type === '@xstate.snapshot' && 'context' in event.snapshot) freeze(event.snapshot.context);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

describe('the match machine', () => {
  it.each(scenarios)('$title', (scenario) => {
    play(scenario, freezeContext);
  });

  it('is taken through every state and every transition by these scenarios', () => {
    const coverage = transitionCoverage(matchMachine);
    for (const scenario of scenarios) play(scenario, coverage.inspect);
    expect(coverage.missing()).toEqual({ states: [], transitions: [] });
    expect(coverage.size.transitions).toBeGreaterThan(40);
  });
});
