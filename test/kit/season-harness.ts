import { createActor, type InspectionEvent } from 'xstate';
import type { FixtureListCommand, FixtureListEvent } from '../../src/machines/ports.js';
import { type SeasonInput, seasonMachine } from '../../src/machines/season.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { PlannedFixture } from '../../src/protocol/season-events.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

/** The mark of `fixtureAt(0)`, on a ten-minute mark as the platform's are. */
export const seasonMark = Date.UTC(2026, 0, 6, 18, 40);

/** A fixture so many minutes after `seasonMark`. */
export const fixtureAt = (minutes: number, more: Partial<PlannedFixture> = {}): PlannedFixture => ({
  fixtureId: `f${minutes}`,
  toldId: null,
  startsAt: seasonMark + minutes * 60_000,
  opponent: 'birch',
  decisionClockMs: 30_000,
  stage: 'round_robin',
  round: '1',
  isInvented: false,
  ...more,
});

/** A season keeper on scripted ports. Its wall clock can be moved without its timers, as in a sleep. */
export function startSeason(
  { minutes = -60, ...overrides }: Partial<SeasonInput> & { minutes?: number } = {},
  inspect: (event: InspectionEvent) => void = () => undefined,
) {
  const clock = createVirtualClock();
  const begunAt = clock.now();
  let offset = seasonMark + minutes * 60_000 - begunAt;
  const wallNow = () => clock.now() + offset;
  const list = scriptedPort<FixtureListCommand, FixtureListEvent, undefined>();
  const reporter = scriptedPort<AgentEvent, never, undefined>();
  const machine = seasonMachine.provide({ actors: { fixtureList: list.logic, reporter: reporter.logic } });
  const actor = createActor(machine, { input: { now: clock.now, wallNow, ...overrides }, clock, inspect });
  actor.start();
  const tell = (
    fixtures: readonly PlannedFixture[],
    more: Partial<{ isWhole: boolean; message: string }> = {},
  ) => list.tell({ type: 'list.told', fixtures, isWhole: true, message: null, ...more });
  return {
    actor,
    clock,
    list,
    reporter,
    wallNow,
    tell,
    presence: () => actor.getSnapshot().value.presence,
    isAttending: () => actor.getSnapshot().hasTag('attending'),
    /** What was reported since the last look. */
    told: () => reporter.take(),
    /** The same in short: types, and why there is an alarm. */
    words: () =>
      reporter.take().map((event) => (event.type === 'fixture.alarm' ? `alarm ${event.why}` : event.type)),
    /** Lets so many minutes pass, on both clocks. The list answers what it was given, when it is asked. */
    pass(min: number, fixtures: readonly PlannedFixture[] | null = null) {
      const until = clock.now() + min * 60_000;
      for (;;) {
        const left = until - clock.now();
        if (left <= 0) return;
        clock.advance(Math.min(left, 1_000));
        if (fixtures !== null && list.take().length > 0) tell(fixtures);
      }
    },
    /** The machine sleeps: the wall clock goes on, and no timer does. */
    sleep(min: number) {
      offset += min * 60_000;
    },
  };
}

export type SeasonHarness = ReturnType<typeof startSeason>;
