import { describe, expect, it } from 'vitest';
import { seasonMachine } from '../../src/machines/season.js';
import { startSeason } from '../kit/season-harness.js';
import { transitionCoverage } from '../kit/transition-coverage.js';
import { type SeasonScenario, seasonScenarios } from './season.scenarios.js';

function play(scenario: SeasonScenario, inspect?: Parameters<typeof startSeason>[1]): void {
  const season = startSeason(scenario.input, inspect);
  scenario.play(season);
  season.actor.stop();
  expect(season.clock.pending()).toBe(0);
}

describe('the season machine', () => {
  it.each(seasonScenarios)('$title', (scenario) => {
    play(scenario);
  });

  it('is taken through every state and every transition by these scenarios', () => {
    const coverage = transitionCoverage(seasonMachine);
    for (const scenario of seasonScenarios) play(scenario, coverage.inspect);
    expect(coverage.missing()).toEqual({ states: [], transitions: [] });
    expect(coverage.size.transitions).toBeGreaterThan(20);
  });
});
