/**
 * Random lives of a season keeper: lists that change, matches of all kinds, a lobby that is lost, sleeps, clocks that are
 * set, restarts. What must hold is worked out anew from what happened, and compared after each step.
 */
import { expect, it } from 'vitest';
import { createRandom } from '../../src/chance/random.js';
import { type SeasonMemory, seasonMemoryOf } from '../../src/machines/season.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { PlannedFixture } from '../../src/protocol/season-events.js';
import { fixtureAt, type SeasonHarness, seasonMark, startSeason } from '../kit/season-harness.js';

const minuteMs = 60_000;
const names = ['birch', 'cedar', 'alder'];

interface Announced {
  matchId: string;
  rated: boolean;
  at: number;
  opponent: string;
  isCompleted: boolean;
}

function live(seed: string, steps: number): AgentEvent[] {
  const random = createRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const fixtures: PlannedFixture[] = [0, 10, 10, 90].map((minutes, index) =>
    fixtureAt(minutes, { fixtureId: `f${index}`, opponent: index === 2 ? null : (names[index % 3] ?? null) }),
  );
  let listed = fixtures;
  let season: SeasonHarness = startSeason({ minutes: -70 });
  const reports: AgentEvent[] = [];
  const matches = new Map<string, Announced>();
  const open = new Set<string>();
  let wasSetBack = false;

  const collect = (): void => void reports.push(...season.told());
  const restart = (memory: SeasonMemory): void => {
    const minutes = (season.wallNow() - seasonMark) / minuteMs;
    season.actor.stop();
    expect(season.clock.pending()).toBe(0);
    season = startSeason({ minutes, memory });
    open.clear();
  };

  const acts: (() => void)[] = [
    () => season.pass(below(12), listed),
    () => season.pass(random() * 2, listed),
    () => {
      // It leaves the list when it opens, or for a moment.
      listed = fixtures.filter(({ startsAt }) => startsAt > season.wallNow() || random() < 0.1);
    },
    () => {
      const matchId = `m${matches.size}`;
      const match = {
        matchId,
        rated: random() < 0.8,
        at: season.wallNow(),
        opponent: names[below(3)] ?? '',
        isCompleted: false,
      };
      matches.set(matchId, match);
      open.add(matchId);
      season.actor.send({ type: 'match.announced', matchId, rated: match.rated });
      if (random() < 0.8) season.actor.send({ type: 'match.started', matchId, opponents: [match.opponent] });
    },
    () => {
      const matchId = [...open][below(open.size)];
      const match = matchId === undefined ? undefined : matches.get(matchId);
      if (match === undefined) return;
      open.delete(match.matchId);
      match.isCompleted = random() < 0.8;
      season.actor.send({ type: 'match.ended', matchId: match.matchId, isCompleted: match.isCompleted });
    },
    () => season.actor.send({ type: random() < 0.7 ? 'lobby.online' : 'lobby.offline' }),
    () => {
      const minutes = random() < 0.8 ? below(30) : -below(3);
      wasSetBack ||= minutes < 0;
      season.sleep(minutes);
      if (random() < 0.5) season.actor.send({ type: 'clock.moved' });
      else season.clock.advance(30_000);
    },
    () =>
      restart(JSON.parse(JSON.stringify(seasonMemoryOf(season.actor.getSnapshot().context))) as SeasonMemory),
    () => {
      if (season.list.take().length > 0)
        season.list.tell({ type: 'list.failed', message: 'HTTP 503', retryAfterMs: null });
    },
  ];

  for (let step = 0; step < steps; step += 1) {
    acts[below(acts.length)]?.();
    collect();
    const { context } = season.actor.getSnapshot();
    const wallAt = season.wallNow();
    expect(context.tick.delayMs).toBeGreaterThan(0);
    expect(context.tick.delayMs).toBeLessThanOrEqual(30_000);
    // In the lobby exactly while a fixture that is not over is near or begun.
    const waiting = context.fixtures.filter(
      ({ standing, fixture: { startsAt } }) =>
        !['served', 'missed', 'cancelled'].includes(standing) &&
        wallAt < startsAt + 40 * minuteMs &&
        wallAt >= startsAt - 12 * minuteMs,
    );
    const isSure = waiting.every(({ standing }) => standing !== 'coming');
    // What comes between two looks is seen at the next one, half a minute later at most.
    if (isSure && !wasSetBack) expect(season.isAttending()).toBe(waiting.length > 0);
    else season.clock.advance(30_000);
    collect();
    if (!wasSetBack) {
      const late = season.actor
        .getSnapshot()
        .context.fixtures.filter(
          ({ standing, fixture: { startsAt } }) =>
            standing === 'coming' &&
            wallAt >= startsAt - 12 * minuteMs + 31_000 &&
            wallAt < startsAt + 40 * minuteMs,
        );
      expect(late).toEqual([]);
    }
  }
  collect();
  season.actor.stop();
  checkServed(reports, matches);
  return reports;
}

/** Each fixture is served once, by a match that may serve it, and each match serves one. */
function checkServed(reports: readonly AgentEvent[], matches: ReadonlyMap<string, Announced>): void {
  const served = reports.filter((event) => event.type === 'fixture.served');
  expect(new Set(served.map(({ fixture }) => fixture.fixtureId)).size).toBe(served.length);
  expect(new Set(served.map(({ matchId }) => matchId)).size).toBe(served.length);
  for (const { fixture, matchId } of served) {
    const match = matches.get(matchId);
    const sinceMs = (match?.at ?? Number.NaN) - fixture.startsAt;
    expect(match).toMatchObject({ rated: true, isCompleted: true });
    expect(sinceMs).toBeGreaterThanOrEqual(-5_000);
    expect(sinceMs).toBeLessThanOrEqual(5 * minuteMs);
    const over = reports.findIndex(
      (event) => event.type === 'fixture.served' && event.fixture.fixtureId === fixture.fixtureId,
    );
    const later = reports
      .slice(over + 1)
      .filter(
        (event) =>
          'fixture' in event &&
          event.type !== 'fixture.moved' &&
          event.fixture.fixtureId === fixture.fixtureId,
      );
    expect(later).toEqual([]);
  }
}

it('keeps its rules in random lives', () => {
  const told = new Map<string, number>();
  for (let life = 0; life < 30; life += 1) {
    for (const event of live(`season ${life}`, 60)) {
      const word = event.type === 'fixture.alarm' ? `${event.type} ${event.why}` : event.type;
      told.set(word, (told.get(word) ?? 0) + 1);
    }
  }
  // All that can be told is told in them, so that the rules are asked about all of it.
  for (const word of [
    'fixture.near',
    'fixture.due',
    'fixture.matched',
    'fixture.unmatched',
    'fixture.served',
    'fixture.missed',
    'fixture.alarm no_match',
    'fixture.alarm offline',
    'fixture.alarm late',
    'fixture.unlisted',
    'clock.jumped',
  ])
    expect([word, told.get(word) ?? 0]).not.toEqual([word, 0]);
});
