/** The list of fixtures: when it is read, and what a list changes of what was known. */
import type { PlannedFixture, SeasonEvent } from '../protocol/season-events.js';
import { assertEvent } from './assert-event.js';
import {
  byMark,
  type FixtureRecord,
  isOver,
  newRecord,
  openFixtures,
  type SeasonContext,
  type SeasonUpdate,
  seasonDefaults,
} from './season.context.js';
import { type SeasonMoment, seasonBase, seasonPorts } from './season.setup.js';

const { leadMs, listEveryMs, lookAfterMs, firstRetryMs, keptMs, absences: mostAbsences } = seasonDefaults;
const { enqueueActions } = seasonBase;
const { commandList } = seasonPorts;

// --- what a list changes ---

/** A fixture and the same one as the list has it now. */
function told(record: FixtureRecord, fixture: PlannedFixture, wallAt: number): FixtureRecord {
  const isBack = record.standing === 'cancelled';
  const isSame = isSameFixture(record.fixture, fixture) && record.leftAt === null && record.absences === 0;
  if (isSame && !isBack) return record;
  const isMoved = record.fixture.startsAt !== fixture.startsAt;
  // It waits anew for another time.
  if (isBack || (isMoved && (!isOver(record) || fixture.startsAt > wallAt))) return newRecord(fixture);
  return { ...record, fixture, leftAt: null, absences: 0 };
}

const isSameFixture = (one: PlannedFixture, other: PlannedFixture): boolean =>
  (Object.keys(other) as (keyof PlannedFixture)[]).every((name) => one[name] === other[name]);

/** A fixture that a list no longer has. */
function missing(record: FixtureRecord, { listedAt }: SeasonContext, wallAt: number): FixtureRecord {
  const { fixture, leftAt } = record;
  const { startsAt } = fixture;
  if (isOver(record) || fixture.isInvented || leftAt !== null) return record;
  // It leaves the list when it opens: at its mark, if that lies between two readings.
  if (wallAt >= startsAt - leadMs) {
    const wasListed = listedAt !== null && listedAt < startsAt && startsAt <= wallAt;
    return { ...record, leftAt: wasListed || listedAt === null ? Math.min(startsAt, wallAt) : wallAt };
  }
  const absences = record.absences + 1;
  return { ...record, absences, standing: absences >= mostAbsences ? 'cancelled' : record.standing };
}

interface TakenList {
  readonly fixtures: readonly FixtureRecord[];
  readonly reports: readonly SeasonEvent[];
}

/** @param list the fixtures of a list, which have the ids of those that are known. */
function takeList(
  context: SeasonContext,
  list: { fixtures: readonly PlannedFixture[]; isWhole: boolean; message: string | null },
): TakenList {
  const wallAt = context.wallNow();
  const listed = new Map(list.fixtures.map((fixture) => [fixture.fixtureId, fixture]));
  const known = new Set(context.fixtures.map(({ fixture }) => fixture.fixtureId));
  const kept = context.fixtures.filter(
    (record) => !isOver(record) || record.fixture.startsAt + keptMs > wallAt,
  );
  const reports: SeasonEvent[] = [];
  const before = kept.map((record) => {
    const fixture = listed.get(record.fixture.fixtureId);
    if (fixture === undefined) {
      if (!list.isWhole) return record;
      const left = missing(record, context, wallAt);
      if (left.standing === 'cancelled' && record.standing !== 'cancelled')
        reports.push({ type: 'fixture.cancelled', fixture: record.fixture });
      return left;
    }
    const next = told(record, fixture, wallAt);
    if (next !== record && fixture.startsAt !== record.fixture.startsAt)
      reports.push({ type: 'fixture.moved', fixture, before: record.fixture.startsAt });
    return next;
  });
  const added = list.fixtures.filter(({ fixtureId }) => !known.has(fixtureId)).map(newRecord);
  const fixtures = [...before, ...added].toSorted(byMark);
  const isNews =
    context.listedAt === null ||
    context.trouble !== null ||
    JSON.stringify(openFixtures({ fixtures, matches: [] })) !== JSON.stringify(openFixtures(context));
  if (isNews || list.message !== context.listNote)
    reports.push({
      type: 'fixture.listed',
      fixtures: openFixtures({ fixtures, matches: [] }),
      message: list.message,
    });
  return { fixtures, reports };
}

/** When the list is read again: every five minutes, and soon after each mark. */
function nextListAt(fixtures: readonly FixtureRecord[], wallAt: number): number {
  const looks = fixtures
    .filter((record) => !isOver(record))
    .map(({ fixture }) => fixture.startsAt + lookAfterMs)
    .filter((look) => look > wallAt);
  return Math.min(wallAt + listEveryMs, ...looks);
}

function afterFailure(
  { failures, wallNow }: SeasonContext,
  trouble: string,
  retryAfterMs: number | null,
): SeasonUpdate {
  const paceMs = Math.min(listEveryMs, firstRetryMs * 2 ** Math.min(failures, 10));
  // The platform's own wish counts up to an hour: a date that cannot be right must not cost a season.
  const delayMs = Math.max(paceMs, Math.min(retryAfterMs ?? 0, 3_600_000));
  return { failures: failures + 1, trouble, nextListAt: wallNow() + delayMs };
}

const silence = 'The platform did not answer in a minute.';

export const seasonList = {
  delays: { listTimeout: seasonDefaults.listTimeoutMs },

  guards: {
    isListDue: ({ context }: SeasonMoment) => context.wallNow() >= context.nextListAt,
  },

  actions: {
    readList: commandList(({ context }) => ({
      type: 'list.read',
      known: context.fixtures.filter(({ fixture }) => !fixture.isInvented).map(({ fixture }) => fixture),
    })),
    recordList: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'list.told');
      const { fixtures, reports } = takeList(context, event);
      const wallAt = context.wallNow();
      for (const report of reports) enqueue.sendTo('reporter', report);
      enqueue.assign({
        fixtures,
        listedAt: wallAt,
        nextListAt: nextListAt(fixtures, wallAt),
        failures: 0,
        trouble: null,
        listNote: event.message,
      });
    }),
    recordFailure: enqueueActions(({ context, event, enqueue }) => {
      const { message, retryAfterMs } =
        event.type === 'list.failed' ? event : { message: silence, retryAfterMs: null };
      const update = afterFailure(context, message, retryAfterMs);
      const retryMs = Math.round((update.nextListAt ?? 0) - context.wallNow());
      const report: SeasonEvent = { type: 'fixture.unlisted', message, retryMs };
      if (message !== context.trouble) enqueue.sendTo('reporter', report);
      enqueue.assign(update);
    }),
    recordBrokenList: enqueueActions(({ context, event, enqueue }) => {
      const { error } = event as unknown as { error: unknown };
      const report: SeasonEvent = {
        type: 'fixture.unlisted',
        message: `The list of fixtures failed, and is not read again: ${error instanceof Error ? error.message : String(error)}`,
        retryMs: 0,
      };
      enqueue.sendTo('reporter', report);
      enqueue.assign({ failures: context.failures + 1 });
    }),
  },
};
