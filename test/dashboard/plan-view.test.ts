import { expect, it } from 'vitest';
import { planViewOf } from '../../src/dashboard/plan-view.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { newSession, type SessionState } from '../../src/session-view/session-state.js';
import { online, start } from '../session-view/session-events.js';

const after = (...events: AgentEvent[]): SessionState =>
  events.reduce((state, event) => foldEvent(state, { ...event, at: start }), newSession);

const fixture = (n: number) => ({
  fixtureId: `${n}`,
  toldId: null,
  startsAt: start + n * 60_000,
  opponent: n === 1 ? 'a\u001b[2Jb' : null,
  decisionClockMs: null,
  stage: null,
  round: null,
  isInvented: false,
});

it('nothing is shown of a session that plans nothing', () => {
  expect(planViewOf(after(online), 0)).toBeNull();
});

it('fixtures are on the clock of the page, the first five, in words that can be shown', () => {
  const fixtures = [1, 2, 3, 4, 5, 6, 7].map(fixture);
  const plan = planViewOf(after({ type: 'fixture.listed', fixtures, message: null }), 5_000);
  expect(plan).toMatchObject({ later: 2, trouble: null, queue: null, day: null, rating: null });
  expect(plan?.fixtures).toHaveLength(5);
  expect(plan?.fixtures?.[0]).toEqual({ opponent: 'a[2Jb', startsAt: start + 65_000, standing: 'coming' });
});

it('a list that cannot be read, and a queue that refuses, say why', () => {
  const plan = planViewOf(
    after(
      { type: 'fixture.unlisted', message: 'HTTP 503\u0007', retryMs: 1 },
      {
        type: 'queue.refused',
        request: 'join',
        code: null,
        httpStatus: 429,
        delayMs: 1,
        message: 'too many'.repeat(100),
      },
    ),
    0,
  );
  expect(plan?.trouble).toBe('HTTP 503');
  expect(plan?.queue?.trouble?.length).toBeLessThanOrEqual(160);
  expect(plan?.fixtures).toEqual([]);
});
