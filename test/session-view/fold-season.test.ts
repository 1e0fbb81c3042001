import { expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { PlannedFixture } from '../../src/protocol/season-events.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { nextFixtureIn } from '../../src/session-view/fold-season.js';
import { newSession, type SessionState } from '../../src/session-view/session-state.js';

const mark = Date.UTC(2026, 0, 6, 18, 40);

const fixtureAt = (startsAt: number, more: Partial<PlannedFixture> = {}): PlannedFixture => ({
  fixtureId: `f${startsAt}`,
  toldId: null,
  startsAt,
  opponent: 'birch',
  decisionClockMs: 30_000,
  stage: 'round_robin',
  round: '1',
  isInvented: false,
  ...more,
});
const first = fixtureAt(mark);
const second = fixtureAt(mark + 600_000, { opponent: null });
const listed: AgentEvent = { type: 'fixture.listed', fixtures: [first, second], message: null };

const after = (events: readonly AgentEvent[]): SessionState =>
  events.reduce((state, event) => foldEvent(state, { ...event, at: mark }), newSession);

const standings = (events: readonly AgentEvent[]) =>
  after(events).season?.fixtures.map(({ fixtureId, standing, matchId }) => [fixtureId, standing, matchId]);

it('knows how it stands with each fixture, and the first that is not over', () => {
  const events: AgentEvent[] = [
    listed,
    { type: 'fixture.near', fixture: first, inMs: 720_000 },
    { type: 'fixture.due', fixture: first },
    { type: 'fixture.matched', fixture: first, matchId: 'm1', rivals: [] },
    { type: 'fixture.matched', fixture: first, matchId: 'm2', rivals: ['m1'] },
  ];
  expect(standings(events.slice(0, 1))).toEqual([
    [first.fixtureId, 'coming', null],
    [second.fixtureId, 'coming', null],
  ]);
  expect(standings(events.slice(0, 2))?.[0]).toEqual([first.fixtureId, 'near', null]);
  expect(standings(events.slice(0, 3))?.[0]).toEqual([first.fixtureId, 'due', null]);
  expect(standings(events)?.[0]).toEqual([first.fixtureId, 'playing', 'm1']);
  expect(nextFixtureIn(after(events))).toMatchObject(first);
  const served: AgentEvent = { type: 'fixture.served', fixture: first, matchId: 'm1' };
  expect(nextFixtureIn(after([...events, served]))).toMatchObject(second);
  expect(nextFixtureIn(newSession)).toBeNull();
});

it('takes over what a list says anew of a fixture, and keeps how it stands', () => {
  const named = { ...second, opponent: 'cedar' };
  const moved = { ...first, startsAt: mark + 1_200_000 };
  const state = after([
    listed,
    { type: 'fixture.near', fixture: second, inMs: 1 },
    { type: 'fixture.listed', fixtures: [named, moved], message: null },
  ]);
  expect(state.season?.fixtures).toEqual([
    { ...named, standing: 'near', matchId: null },
    { ...moved, standing: 'coming', matchId: null },
  ]);
});

it('a fixture that left the list before its time is to come again when it is listed again', () => {
  const cancelled: AgentEvent = { type: 'fixture.cancelled', fixture: first };
  expect(standings([listed, cancelled])?.[0]).toEqual([first.fixtureId, 'cancelled', null]);
  expect(standings([listed, cancelled, listed])?.[0]).toEqual([first.fixtureId, 'coming', null]);
});

it('keeps the trouble with the list until it is read again, and twenty fixtures that are over', () => {
  const trouble: AgentEvent = { type: 'fixture.unlisted', message: 'HTTP 503', retryMs: 30_000 };
  expect(after([trouble]).season).toEqual({ fixtures: [], trouble: 'HTTP 503' });
  expect(after([trouble, listed]).season?.trouble).toBeNull();
  const old = Array.from({ length: 30 }, (_, index) => fixtureAt(mark - (index + 1) * 600_000));
  const missed = old.map((fixture): AgentEvent => ({ type: 'fixture.missed', fixture, message: 'no match' }));
  const kept = after([listed, ...missed]).season?.fixtures.map(({ fixtureId }) => fixtureId);
  expect(kept).toHaveLength(22);
  expect(kept?.slice(-3)).toEqual([old[0]?.fixtureId, first.fixtureId, second.fixtureId]);
});
