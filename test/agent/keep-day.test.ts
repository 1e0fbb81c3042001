import { describe, expect, it } from 'vitest';
import { type KeptDay, keepDay } from '../../src/agent/keep-day.js';
import { withClaim } from '../../src/budget/claims.js';
import { dayPathOf } from '../../src/budget/day-file.js';
import { openDayKeeper } from '../../src/budget/day-keeper.js';
import { withDial } from '../../src/budget/dial-pace.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { PlannedFixture } from '../../src/protocol/season-events.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { fixtureAt, seasonMark } from '../kit/season-harness.js';

const minuteMs = 60_000;
const lobbyUrl = 'ws://127.0.0.1:1/ws/external/bot/b';

/** A counted day on a virtual clock, with its file in a folder of the test's own. */
function startDay(at: string, more: Partial<KeptDay> = {}) {
  const clock = createVirtualClock(Date.parse(at));
  const home = makeFolder();
  const env = { HOME: home, USERPROFILE: home };
  const told: AgentEvent[] = [];
  const day = keepDay({
    path: null,
    lobbyUrl,
    env,
    limits: { matches: 20, lobbyMs: null },
    clock,
    now: clock.now,
    wallNow: clock.now,
    emit: (event) => told.push(event),
    rebuild: () => null,
    ...more,
  });
  afterTest(() => day.close());
  /** Resolves when the file has everything that was counted. */
  const rest = () => day.keeper.refresh();
  return {
    clock,
    day,
    told,
    path: dayPathOf(lobbyUrl, env),
    rest,
    take: <T extends AgentEvent['type']>(type: T) =>
      told.splice(0).filter((event): event is Extract<AgentEvent, { type: T }> => event.type === type),
    async pass(ms: number, stepMs = 1_000) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(stepMs, left));
        await rest();
      }
    },
  };
}

const online: AgentEvent = { type: 'lobby.listening', url: lobbyUrl };
const left: AgentEvent = { type: 'lobby.left', message: 'no fixture is near', live: 0 };
const never = new AbortController().signal;

const announced = (matchId: string): AgentEvent => ({
  type: 'match.announced',
  matchId,
  participantId: 'p',
  rated: true,
  resume: false,
});
const started = (matchId: string, opponent: string): AgentEvent => ({
  type: 'match.started',
  matchId,
  seat: 0,
  opponents: [opponent],
});
const matched = (fixture: PlannedFixture, matchId: string): AgentEvent => ({
  type: 'fixture.matched',
  fixture,
  matchId,
  rivals: [],
});

describe('the lobby time of a day', () => {
  it('is told on leaving the lobby, and at least each minute in it', async () => {
    const { day, clock, pass, take, rest } = startDay('2026-01-06T12:00:00Z');
    await day.prepare(true, never);
    day.onEvent(online);
    await rest();
    take('budget.changed');
    for (let minute = 1; minute <= 3; minute += 1) {
      await pass(minuteMs, 500);
      const [figures] = take('budget.changed').map((event) => event.figures);
      expect(figures?.lobbyMs).toBe(minute * minuteMs);
    }
    await pass(7_000);
    expect(take('budget.changed')).toEqual([]);
    day.onEvent(left);
    await rest();
    expect(take('budget.changed').map(({ figures }) => figures.lobbyMs)).toEqual([187_000]);
    await pass(10 * minuteMs, 30_000);
    expect(take('budget.changed')).toEqual([]);
    expect(day.keeper.book().lobbyMs).toBe(187_000);
    expect(clock.pending()).toBeGreaterThan(0);
  });

  it('that is not counted yet is told by its beginning, as soon as there is some', async () => {
    const { day, clock, pass, take, rest } = startDay('2026-01-06T12:00:00Z');
    await day.prepare(true, never);
    expect(take('budget.changed').at(-1)?.figures).toMatchObject({ lobbyMs: 0, lobbySince: null });
    const enteredAt = clock.now();
    day.onEvent(online);
    await Promise.resolve();
    expect(take('budget.changed').map(({ figures }) => figures)).toMatchObject([
      { lobbyMs: 0, lobbySince: enteredAt },
    ]);
    /** What a screen makes of the newest figures is the truth at any time. */
    for (const ms of [20_000, 25_000, 100_000, 7_000]) {
      await pass(ms);
      day.setMarks([]);
      const { lobbyMs, lobbySince } = take('budget.changed').at(-1)?.figures ?? {};
      expect((lobbyMs ?? 0) + clock.now() - (lobbySince ?? 0)).toBe(clock.now() - enteredAt);
    }
    day.onEvent(left);
    await rest();
    expect(take('budget.changed').at(-1)?.figures).toMatchObject({ lobbyMs: 152_000, lobbySince: null });
  });

  it('tells a new day before anything is done because of it', async () => {
    const { day, pass, told } = startDay('2026-01-06T23:59:30Z');
    await day.prepare(false, never);
    const toldBefore: boolean[] = [];
    day.watch(({ day: name }) => {
      if (name === '2026-01-07') toldBefore.push(told.some(({ type }) => type === 'budget.day'));
    });
    await pass(minuteMs);
    expect(toldBefore[0]).toBe(true);
  });

  it('is split at midnight, and that of the old day is forgotten', async () => {
    const { day, pass, take, told, rest } = startDay('2026-01-06T23:59:00Z');
    await day.prepare(false, never);
    day.onEvent(online);
    await pass(90_000);
    expect(told.filter(({ type }) => type === 'budget.day')).toEqual([
      { type: 'budget.day', day: '2026-01-07' },
    ]);
    take('budget.changed');
    day.onEvent(left);
    await rest();
    expect(day.keeper.book()).toMatchObject({ day: '2026-01-07', lobbyMs: 30_000 });
  });

  it('that fixtures need is told when they change', async () => {
    const { day, take } = startDay('2026-01-06T12:00:00Z');
    await day.prepare(false, never);
    take('budget.changed');
    day.setMarks([seasonMark]);
    expect(take('budget.changed')).toMatchObject([{ figures: { reservedMs: 52 * minuteMs } }]);
  });
});

describe('a match of the day', () => {
  it('that nobody asked for is told as such', async () => {
    const { day, take, rest } = startDay('2026-01-06T12:00:00Z');
    day.onEvent(announced('m1'));
    await rest();
    expect(take('budget.counted')).toEqual([{ type: 'budget.counted', matchId: 'm1', kind: 'unasked' }]);
  });

  it.each([
    ['when its opponent is known', 'birch'],
    ['at once', null],
  ])('that is a fixture’s is told as that and nothing else, %s', async (_when, opponent) => {
    const { day, told, rest } = startDay('2026-01-06T18:40:05Z');
    const fixture = fixtureAt(0, { opponent });
    day.setMarks([seasonMark]);
    day.onEvent(announced('m1'));
    if (opponent === null) day.onEvent(matched(fixture, 'm1'));
    await rest();
    day.onEvent(started('m1', 'birch'));
    if (opponent !== null) queueMicrotask(() => day.onEvent(matched(fixture, 'm1')));
    await rest();
    await rest();
    expect(told.filter(({ type }) => type === 'budget.counted')).toEqual([
      { type: 'budget.counted', matchId: 'm1', kind: 'fixture' },
    ]);
    const figures = told.flatMap((event) => (event.type === 'budget.changed' ? [event.figures.matches] : []));
    expect(new Set(figures)).toEqual(new Set([0]));
  });

  it('that might have been a fixture’s and is against somebody else is told when that is known', async () => {
    const { day, take, rest } = startDay('2026-01-06T18:40:05Z');
    day.setMarks([seasonMark]);
    day.onEvent(announced('m1'));
    await rest();
    expect(take('budget.counted')).toEqual([]);
    day.onEvent(started('m1', 'cedar'));
    await rest();
    await rest();
    const told = take('budget.counted');
    expect(told).toEqual([{ type: 'budget.counted', matchId: 'm1', kind: 'unasked' }]);
    expect(day.keeper.book().matches).toMatchObject([{ kind: 'unasked' }]);
  });

  it('of another session that may be a fixture’s is told after five minutes', async () => {
    const { day, take, pass, rest } = startDay('2026-01-06T18:40:05Z');
    await day.prepare(false, never);
    day.setMarks([seasonMark]);
    day.onEvent(announced('m1'));
    await rest();
    await pass(4 * minuteMs, 30_000);
    expect(take('budget.counted')).toEqual([]);
    await pass(2 * minuteMs, 30_000);
    expect(take('budget.counted')).toHaveLength(1);
  });

  it('that comes in a dry run counts as any other', async () => {
    const { day, take, rest } = startDay('2026-01-06T18:40:05Z');
    day.setMarks([seasonMark]);
    day.onEvent(announced('m1'));
    day.onEvent(matched(fixtureAt(0, { isInvented: true, opponent: null }), 'm1'));
    day.onEvent(started('m1', 'cedar'));
    await rest();
    await rest();
    expect(take('budget.counted')).toMatchObject([{ kind: 'unasked' }]);
  });

  it('that is the last one of the day is told, and a fixture’s is not', async () => {
    const last = startDay('2026-01-06T18:40:05Z', { limits: { matches: 1, lobbyMs: null } });
    last.day.setMarks([seasonMark]);
    last.day.onEvent(announced('m1'));
    await last.rest();
    expect(last.take('budget.spent')).toEqual([]);
    last.day.onEvent(started('m1', 'cedar'));
    await last.rest();
    await last.rest();
    expect(last.take('budget.spent')).toMatchObject([{ what: 'matches', by: 'count' }]);
  });
});

describe('dials of the lobby', () => {
  /** The book after so many sessions in a row that did not keep their connection. */
  async function afterSessions(count: number) {
    const opened = startDay('2026-01-06T12:00:00Z');
    const other = openDayKeeper({ path: opened.path, wallNow: opened.clock.now, onTrouble: () => undefined });
    for (let session = 0; session < count; session += 1)
      await other.change((book, wall) => withDial(book, wall));
    return opened;
  }

  it('wait after sessions in a row that did not last, which is told', async () => {
    const { day, clock, take } = await afterSessions(19);
    let isReady = false;
    const ready = day.prepare(true, never).then(() => {
      isReady = true;
    });
    while (clock.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(take('budget.dial_waits')).toMatchObject([{ waitMs: 300_000 }]);
    clock.advance(299_000);
    await day.keeper.refresh();
    expect(isReady).toBe(false);
    clock.advance(1_000);
    await ready;
    expect(day.keeper.book().dials).toMatchObject({ count: 20, unproven: 20 });
  });

  it('wait ten seconds at most with a fixture near', async () => {
    const { day, clock, take } = await afterSessions(19);
    day.setMarks([clock.now() + 5 * minuteMs]);
    void day.prepare(true, never);
    while (clock.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(take('budget.dial_waits')).toMatchObject([{ waitMs: 10_000 }]);
    clock.advance(10_000);
  });

  it('are not waited for by a session that is told to end, and not counted', async () => {
    const { day, clock } = await afterSessions(19);
    const ending = new AbortController();
    const ready = day.prepare(true, ending.signal);
    while (clock.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    ending.abort();
    await ready;
    expect(day.keeper.book().dials.count).toBe(19);
  });

  it('cost nothing again after a connection that lasted ten seconds', async () => {
    const { day, clock, rest } = await afterSessions(3);
    await day.prepare(true, never);
    day.onEvent({ type: 'lobby.connecting', url: lobbyUrl, attempt: 0 });
    day.onEvent(online);
    await rest();
    expect(day.keeper.book().dials).toMatchObject({ count: 4, unproven: 4 });
    clock.advance(10_000);
    await rest();
    expect(day.keeper.book().dials).toMatchObject({ count: 4, unproven: 0 });
    day.onEvent({ type: 'lobby.connecting', url: lobbyUrl, attempt: 1 });
    await rest();
    expect(day.keeper.book().dials.count).toBe(5);
  });
});

it('what another program of the bot asked for is told to whoever watches the book', async () => {
  const { day, clock, path, rest } = startDay('2026-01-06T12:00:00Z');
  const seen: number[] = [];
  const unwatch = day.watch((book) => seen.push(book.claims.length));
  const other = openDayKeeper({ path, wallNow: clock.now, onTrouble: () => undefined });
  const claim = {
    claimId: 'c',
    kind: 'challenge',
    opponent: 'birch',
    at: clock.now(),
    voidAt: clock.now() + minuteMs,
  } as const;
  await other.change(
    (book, wallNow) => withClaim(book, claim, { limits: { matches: 20, lobbyMs: null }, wallNow }) ?? book,
  );
  await rest();
  expect(seen).toEqual([1]);
  unwatch();
  await other.change((book) => ({ ...book, claims: [] }));
  await rest();
  expect(seen).toEqual([1]);
});
