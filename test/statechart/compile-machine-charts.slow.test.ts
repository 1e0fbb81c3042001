/** Both charts of the package, plain and compiled side by side (docs/testing.md). */
import { describe, expect, it } from 'vitest';
import { liveCharts, walkLive } from './chart-walks.js';
import { modelPairs, walkEverywhere, walkModel } from './model-walks.js';
import type { WalkReport } from './walk.js';

/** Further ones are in the campaign (`npm run differential`). */
const walks = 30;
/** In which every transition of both charts can be taken (`edgePaths`). */
const depth = 10;

const stepsOf = (reports: readonly WalkReport[]) =>
  reports.reduce((sum, { played }) => sum + played.length, 0);
const kindsOf = (reports: readonly WalkReport[]) =>
  new Set(reports.flatMap(({ kinds }) => [...(kinds ?? [])]));

/** Most steps are compiled, and why others are not is told: there are always some, or nothing is compiled at all. */
function expectCompiled(reports: readonly WalkReport[], share: number): void {
  const interpreted = reports.flatMap((report) => report.interpreted);
  expect(interpreted.length).toBeGreaterThan(0);
  expect(interpreted.every((why) => why.length > 0)).toBe(true);
  expect(interpreted.length).toBeLessThan(stepsOf(reports) * (1 - share));
}

describe.each(modelPairs().map((pair) => [pair.name, pair] as const))('the %s', (_name, pair) => {
  it('is alike wherever its paths lead', () => {
    const report = walkEverywhere(pair, { depth });
    expect(kindsOf([report]).size).toBeGreaterThan(150);
    expect(report.played.length).toBeGreaterThan(1_000);
    expectCompiled([report], 0.1);
  });

  it('is alike on random walks', () => {
    const reports = Array.from({ length: walks }, (_, walk) =>
      walkModel(pair, { seed: `test:${walk}`, steps: 60 }),
    );
    expect(kindsOf(reports).size).toBeGreaterThan(60);
    expectCompiled(reports, 0.5);
  });
});

describe.each(liveCharts.map((chart) => [chart.name, chart] as const))('the running %s', (_name, chart) => {
  it('is alike on random walks', () => {
    const reports = Array.from({ length: walks }, (_, walk) =>
      walkLive(chart, { seed: `test:${walk}`, steps: 60 }),
    );
    expect(kindsOf(reports).size).toBeGreaterThan(100);
    expectCompiled(reports, 0.5);
  });
});
