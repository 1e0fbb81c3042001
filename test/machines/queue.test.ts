import { describe, expect, it } from 'vitest';
import { queueMachine } from '../../src/machines/queue.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { startQueue } from '../kit/queue-harness.js';
import { type QueueScenario, queueScenarios } from './queue.scenarios.js';
import { queueOfferScenarios } from './queue-offers.scenarios.js';
import { queueRefusalScenarios } from './queue-refusals.scenarios.js';

const scenarios = [...queueScenarios, ...queueRefusalScenarios, ...queueOfferScenarios];

function play(scenario: QueueScenario, inspect?: Parameters<typeof startQueue>[1]): void {
  const queue = startQueue(scenario.input, inspect);
  scenario.play(queue);
  queue.actor.stop();
  expect(queue.clock.pending()).toBe(0);
}

describe('the queue keeper', () => {
  it.each(scenarios)('$title', (scenario) => {
    play(scenario);
  });

  it('is taken through every state and transition, and every guard says yes and no, in these scenarios', () => {
    const coverage = chartCoverage(queueMachine);
    for (const scenario of scenarios) play(scenario, coverage.inspect);
    expect(coverage.missing()).toEqual({ states: [], transitions: [], refusals: [] });
    expect(coverage.size.transitions).toBeGreaterThan(40);
  });
});
