import { describe, expect, it } from 'vitest';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { startLobby } from '../kit/lobby-harness.js';
import { transitionCoverage } from '../kit/transition-coverage.js';
import { type LobbyScenario, lobbyScenarios } from './lobby.scenarios.js';
import { lobbyAwayScenarios } from './lobby-away.scenarios.js';
import { lobbyElsewhereScenarios } from './lobby-elsewhere.scenarios.js';
import { lobbyEndScenarios } from './lobby-end.scenarios.js';
import { lobbyToldScenarios } from './lobby-told.scenarios.js';

const scenarios = [
  ...lobbyScenarios,
  ...lobbyEndScenarios,
  ...lobbyToldScenarios,
  ...lobbyAwayScenarios,
  ...lobbyElsewhereScenarios,
];

function play(scenario: LobbyScenario, inspect?: Parameters<typeof startLobby>[1]): void {
  const lobby = startLobby(scenario.input, inspect);
  scenario.play(lobby);
  lobby.actor.stop();
  expect(lobby.clock.pending()).toBe(0);
}

describe('the lobby machine', () => {
  it.each(scenarios)('$title', (scenario) => {
    play(scenario);
  });

  it('is taken through every state and every transition by these scenarios', () => {
    const coverage = transitionCoverage(lobbyMachine);
    for (const scenario of scenarios) play(scenario, coverage.inspect);
    expect(coverage.missing()).toEqual({ states: [], transitions: [] });
    expect(coverage.size.transitions).toBeGreaterThan(40);
  });
});
