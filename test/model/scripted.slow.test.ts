/** Paths that were generated from the charts, played against the machines on scripted ports and a virtual clock. */
import { describe, expect, it } from 'vitest';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { lobbyCases } from '../../src/testing/lobby-cases.js';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import { matchCases } from '../../src/testing/match-cases.js';
import { matchModel } from '../../src/testing/match-model.js';
import type { Model } from '../../src/testing/model.js';
import { edgePaths, type ModelPath } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { seasonModel } from '../../src/testing/season-model.js';

/** Made once: to find them takes seconds. */
const lobbyPaths = edgePaths(lobbyModel());

const charts: [name: string, model: Model, paths: ModelPath[]][] = [
  ['lobby', lobbyModel(), lobbyPaths],
  ['match', matchModel(), edgePaths(matchModel())],
  ['season', seasonModel(), edgePaths(seasonModel())],
];

it.each(charts)(
  'the %s machine does as its model says on scripted ports, in every state, every transition and on both sides of every guard',
  (_name, model, paths) => {
    const coverage = chartCoverage(model.machine);
    const failures = paths.flatMap((path) => {
      try {
        playPath(model, path, { inspect: coverage.inspect });
        return [];
      } catch (error) {
        return [error];
      }
    });
    expect(failures).toEqual([]);
    expect(coverage.missing()).toEqual({ states: [], transitions: [], refusals: [] });
    expect(() => coverage.assertComplete()).not.toThrow();
  },
);

describe('the coverage report', () => {
  /** Of the first steps of one of the variants, which misses what the others are there for. */
  function reportOn(whole: Model): string {
    const model: Model = {
      ...whole,
      variants: { usual: whole.variants['usual'] as Model['variants'][string] },
      depths: { usual: 5 },
    };
    const coverage = chartCoverage(model.machine);
    for (const path of edgePaths(model)) playPath(model, path, { inspect: coverage.inspect });
    try {
      coverage.assertComplete();
      return 'complete';
    } catch (error) {
      return String(error);
    }
  }

  const unmet: [names: string[], goal: string][] = [
    [['evict'], '#lobby.authenticating on frame.evict [0] -> #lobby.draining'],
    [['a matched elsewhere'], '#lobby.listening on frame.matched [0] -> (stays)'],
    [
      ['connection lost', 'token refused', 'token revoked'],
      '#lobby.listening on socket.closed [0] -> #lobby.draining held back by wasReplaced',
    ],
    [['hello', 'ping', 'a matched', 'a matched, under way', 'a matched elsewhere'], '#lobby.listening\n'],
  ];

  const unmetInMatch: typeof unmet = [
    [['r1 decided after its clock'], '#match.playing.deciding on bot.decided [0] -> #match.playing.watching'],
  ];

  it('names nothing that a case is there for', () => {
    const inLobby = reportOn(lobbyModel());
    for (const [, goal] of unmet) expect(inLobby).not.toContain(`never taken: ${goal}`);
    const inMatch = reportOn(matchModel());
    for (const [, goal] of unmetInMatch) expect(inMatch).not.toContain(`never taken: ${goal}`);
  });

  it.each(unmet)('fails when the lobby has no case %j', (names, goal) => {
    const report = reportOn(lobbyModel({ cases: lobbyCases.filter(({ name }) => !names.includes(name)) }));
    expect(report).toContain(`never taken: ${goal}`);
  });

  it.each(unmetInMatch)('fails when the match has no case %j', (names, goal) => {
    const report = reportOn(matchModel({ cases: matchCases.filter(({ name }) => !names.includes(name)) }));
    expect(report).toContain(`never taken: ${goal}`);
  });

  it('fails for a goal that was excepted and is taken after all', () => {
    const coverage = chartCoverage(lobbyMachine);
    const model = lobbyModel();
    for (const path of lobbyPaths) playPath(model, path, { inspect: coverage.inspect });
    expect(() => coverage.assertComplete({ except: ['#lobby.evicted'] })).toThrow(
      'excepted, but taken (or unknown): #lobby.evicted',
    );
  });

  it('counts, and lists each goal with a mark', () => {
    const coverage = chartCoverage(matchMachine);
    const model = matchModel({ cases: matchCases.filter(({ name }) => name === 'opened') });
    for (const path of edgePaths(model)) playPath(model, path, { inspect: coverage.inspect });
    const lines = coverage.report().split('\n');
    expect(lines[0]).toBe('match: 9 of 14 states');
    expect(lines).toContain('  + #match.connecting.dialing');
    expect(lines).toContain('  - #match.done');
  });
});

describe('a path whose expectation does not hold', () => {
  it('fails with the path, the step and the difference', () => {
    const honest = lobbyPaths.find(({ steps }) => steps.length === 2);
    if (honest === undefined) throw new Error('There is no path of two steps.');
    const [first, second] = honest.steps as [ModelPath['steps'][0], ModelPath['steps'][0]];
    const lie = { ...honest, steps: [first, { ...second, state: { ...second.state, sent: [] } }] };
    expect(() => playPath(lobbyModel(), lie)).toThrow(
      expect.objectContaining({
        code: 'path_failed',
        message: expect.stringContaining(`After "${second.case.name}"`) as unknown,
      }),
    );
  });

  it.each([
    ['delays', lobbyMachine.provide({ delays: { drainGrace: 1 } }), 'the time before'],
    ['actions', lobbyMachine.provide({ actions: { answerPing: () => undefined } }), '"ping"'],
    ['guards', lobbyMachine.provide({ guards: { wasReplaced: () => false } }), '"replaced"'],
  ])('fails for a machine with other %s', (_what, machine, step) => {
    const model = lobbyModel();
    expect(() => {
      for (const path of lobbyPaths) playPath({ ...model, machine }, path);
    }).toThrow(step);
  });
});
