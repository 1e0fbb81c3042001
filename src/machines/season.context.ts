/** What the season keeper is started with and remembers, and what moves it. Times are epoch ms of the wall clock. */
import type { FixtureAlarm, FixtureStanding, PlannedFixture } from '../protocol/season-events.js';
import type { FixtureListEvent } from './ports.js';
import { type Defined, withDefaults } from './with-defaults.js';

/** Durations in milliseconds. */
export const seasonDefaults = {
  /** The bot is in its lobby from so long before a fixture on. */
  leadMs: 12 * 60_000,
  /** And until the end of its match, or so long after its mark. */
  lingerMs: 40 * 60_000,
  /** The match of a fixture is announced from so long before its mark on, by the clock of this machine. */
  earlyMs: 5_000,
  /** To so long after it: the platform waits 90 s for both bots and dispatches again twice. */
  windowMs: 5 * 60_000,
  /** Once a fixture left the list its match comes within this time, or something is wrong. */
  alarmAfterMs: 3 * 60_000,
  /** Who comes to a mark this late has missed a part of the 90 s. */
  lateMs: 30_000,
  /** The bot may be out of the lobby for so long near a fixture before there is an alarm. */
  offlineMs: 60_000,
  listEveryMs: 5 * 60_000,
  /** So long after a mark the list is read, too: it no longer has a fixture that has opened. */
  lookAfterMs: 30_000,
  listTimeoutMs: 60_000,
  firstRetryMs: 30_000,
  /** A list that old, and not to be had, says too little: fixtures may have been added or moved. */
  staleListMs: 60 * 60_000,
  /** The longest wait by a timer: the wall clock may be set meanwhile, or the machine sleep. */
  tickMs: 30_000,
  /** Clocks are adjusted by seconds now and then. */
  jumpMs: 10_000,
  /** A fixture that is missing in so many lists in a row, long before its time, is cancelled. */
  absences: 2,
  /** How long one that is over is remembered: a list may still have it. */
  keptMs: 7 * 86_400_000,
};

/** What the keeper knows of a fixture; plain data, from which it goes on after a restart. */
export interface FixtureRecord {
  readonly fixture: PlannedFixture;
  readonly standing: FixtureStanding;
  /** Since when this run has known that it is near; null: it is not, or is over. */
  readonly nearAt: number | null;
  /** When it left the list, at its time; null: it is listed. */
  readonly leftAt: number | null;
  /** Lists in a row that it is missing in. */
  readonly absences: number;
  /** Alarms that were told. */
  readonly alarms: readonly FixtureAlarm[];
  /** Matches that were told to be, or may be, the fixture's. */
  readonly matchIds: readonly string[];
}

/** A match of the session that may be a fixture's. */
export interface SeasonMatch {
  readonly matchId: string;
  /** When it was announced first. */
  readonly announcedAt: number;
  /** Null: not told, as after a restart. */
  readonly opponents: readonly string[] | null;
  readonly end: 'completed' | 'abandoned' | null;
}

/** What a season keeper remembers over restarts. */
export interface SeasonMemory {
  readonly fixtures: readonly FixtureRecord[];
  readonly matches: readonly SeasonMatch[];
}

/** What the season keeper is started with. */
export interface SeasonInput {
  /** From an earlier run. Default: nothing. */
  memory?: SeasonMemory | undefined;
  /** When a fixture begins that nobody else knows of, for a dry run; null, the default: none. */
  dryRunAt?: number | null | undefined;
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
}

const noMemory: SeasonMemory = { fixtures: [], matches: [] };
const seasonInputDefaults = { memory: noMemory, dryRunAt: null as number | null };

/** What the season keeper remembers. */
export interface SeasonContext extends SeasonMemory, Pick<Defined<SeasonInput>, 'now' | 'wallNow'> {
  /** When the list was read the last time; null: never. */
  readonly listedAt: number | null;
  readonly nextListAt: number;
  /** Lists in a row that could not be read. */
  readonly failures: number;
  /** Why, as it was told; null: the last one could. */
  readonly trouble: string | null;
  /** What the last list left open. */
  readonly listNote: string | null;
  /** Since when the bot is not in its lobby; null: it is. */
  readonly offlineSince: number | null;
  /** The last look at the clocks, and how long the timer that was set then waits. */
  readonly tick: { readonly wallAt: number; readonly at: number; readonly delayMs: number };
}

/** What moves the season keeper: lists of fixtures, and the matches of the session. */
export type SeasonKeeperEvent =
  | FixtureListEvent
  | { type: 'match.announced'; matchId: string; rated: boolean }
  /** Its opponents are known now. */
  | { type: 'match.started'; matchId: string; opponents: readonly string[] }
  | { type: 'match.ended'; matchId: string; isCompleted: boolean }
  /** An older session gave its lobby to this one: what it knew, and the matches that it plays to their end. */
  | { type: 'season.inherited'; memory: SeasonMemory; playing: readonly string[] }
  | { type: 'lobby.online' }
  | { type: 'lobby.offline' }
  /** Somebody noticed that the wall clock was set, or that the machine slept. */
  | { type: 'clock.moved' };

/** What an `assign` changes. */
export type SeasonUpdate = Partial<SeasonContext>;

export function newSeason(input: SeasonInput): SeasonContext {
  const { memory: given, dryRunAt, now, wallNow } = withDefaults(seasonInputDefaults, input);
  const memory = resumed(given);
  const wallAt = wallNow();
  const invented = dryRunAt === null ? [] : [newRecord(inventedFixture(dryRunAt))];
  return {
    fixtures: [...memory.fixtures, ...invented].toSorted(byMark),
    matches: memory.matches,
    now,
    wallNow,
    listedAt: null,
    nextListAt: wallAt,
    failures: 0,
    trouble: null,
    listNote: null,
    offlineSince: wallAt,
    tick: { wallAt, at: now(), delayMs: 0 },
  };
}

/**
 * What was known when an earlier run ended. How it stands with a fixture is told again; a match is played again once it is
 * announced again.
 */
const resumed = ({ fixtures, matches }: SeasonMemory): SeasonMemory => ({
  fixtures: fixtures.map((record) =>
    isOver(record)
      ? record
      : {
          ...record,
          standing: 'coming',
          nearAt: null,
          // Its match came, so the bot was in its lobby in time. Whether it is live is told once the lobby is entered.
          alarms: record.matchIds.length > 0 ? withAlarms(record, 'late', 'no_match') : record.alarms,
          matchIds: [],
        },
  ),
  matches: matches.map((match) => (match.end === null ? { ...match, end: 'abandoned' } : match)),
});

/** What an older session knew that goes on beside this one: the bot was in its lobby all the while. */
export function inherited(
  { fixtures }: SeasonMemory,
  { memory, playing }: { memory: SeasonMemory; playing: readonly string[] },
): SeasonMemory {
  const attended = new Set(memory.fixtures.filter(({ nearAt }) => nearAt !== null).map(idOf));
  const known = resumed(memory);
  const own = fixtures.filter(({ fixture }) => fixture.isInvented);
  return {
    fixtures: [
      ...known.fixtures.map(
        (record): FixtureRecord =>
          attended.has(idOf(record)) ? { ...record, alarms: withAlarms(record, 'late') } : record,
      ),
      ...own,
    ].toSorted(byMark),
    matches: known.matches.map((match) =>
      playing.includes(match.matchId) ? { ...match, end: null } : match,
    ),
  };
}

/** With these as told. */
const withAlarms = ({ alarms }: FixtureRecord, ...more: FixtureAlarm[]): FixtureAlarm[] => [
  ...new Set([...alarms, ...more]),
];

const idOf = ({ fixture }: FixtureRecord): string => fixture.fixtureId;

export const newRecord = (fixture: PlannedFixture): FixtureRecord => ({
  fixture,
  standing: 'coming',
  nearAt: null,
  leftAt: null,
  absences: 0,
  alarms: [],
  matchIds: [],
});

const inventedFixture = (startsAt: number): PlannedFixture => ({
  fixtureId: `dry run ${new Date(startsAt).toISOString()}`,
  toldId: null,
  startsAt,
  opponent: null,
  decisionClockMs: null,
  stage: null,
  round: null,
  isInvented: true,
});

export const byMark = (one: FixtureRecord, other: FixtureRecord): number =>
  one.fixture.startsAt - other.fixture.startsAt;

export const over: ReadonlySet<FixtureStanding> = new Set<FixtureStanding>(['served', 'missed', 'cancelled']);

export const isOver = ({ standing }: FixtureRecord): boolean => over.has(standing);

/** The fixtures that are still to be played, or are being played, the first one first. */
export const openFixtures = ({ fixtures }: SeasonMemory): PlannedFixture[] =>
  fixtures.filter((record) => !isOver(record)).map(({ fixture }) => fixture);

/** What a later run goes on from. A dry run leaves nothing behind. */
export const seasonMemoryOf = ({ fixtures, matches }: SeasonMemory): SeasonMemory => ({
  fixtures: fixtures.filter(({ fixture }) => !fixture.isInvented),
  matches,
});
