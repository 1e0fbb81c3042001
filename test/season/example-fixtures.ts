import type { Fixture } from '../../src/platform/read-answers.js';

/** Tuesday, 6 January 2026, 18:40 UTC. */
export const mark = Date.UTC(2026, 0, 6, 18, 40);

export const minuteMs = 60_000;

export function exampleFixture(fixture: Partial<Fixture> = {}): Fixture {
  return {
    fixtureId: null,
    startsAt: mark,
    startsAtText: null,
    opponent: 'birch',
    decisionClockMs: 30_000,
    stage: 'round_robin',
    round: '1',
    status: 'scheduled',
    otherNames: [],
    ...fixture,
  };
}
