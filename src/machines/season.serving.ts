/**
 * Which match serves which fixture, and how it stands with each: arithmetic on the marks and the matches of the session
 * (docs/protocol.md 7).
 */
import type {
  FixtureAlarm,
  FixtureStanding,
  PlannedFixture,
  SeasonEvent,
} from '../protocol/season-events.js';
import {
  type FixtureRecord,
  isOver,
  over,
  type SeasonContext,
  type SeasonMatch,
  type SeasonMemory,
  seasonDefaults,
} from './season.context.js';

const { leadMs, lingerMs, earlyMs, windowMs, alarmAfterMs, lateMs, offlineMs } = seasonDefaults;

/** How a name is compared. */
const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/**
 * Whether a match may be a fixture's: announced from 5 s before to 5 min after its mark, and against its opponent as far as
 * both are known.
 */
function mayServe({ fixture }: FixtureRecord, { announcedAt, opponents, end }: SeasonMatch): boolean {
  const sinceMs = announcedAt - fixture.startsAt;
  if (end === 'abandoned' || sinceMs < -earlyMs || sinceMs > windowMs) return false;
  const { opponent } = fixture;
  return opponent === null || opponents === null || opponents.map(plain).includes(plain(opponent));
}

/**
 * The matches that may be each fixture's, the earliest first. The earliest of all goes to the fixture that comes first, so
 * that one match serves one fixture; the platform's fixtures come before those of a dry run.
 */
function candidatesFor({ fixtures, matches }: SeasonMemory): Map<FixtureRecord, SeasonMatch[]> {
  const byTime = matches.toSorted((one, other) => one.announcedAt - other.announcedAt);
  const taken = new Set<SeasonMatch>();
  const ranked = fixtures.toSorted(
    (one, other) =>
      Number(one.fixture.isInvented) - Number(other.fixture.isInvented) ||
      one.fixture.startsAt - other.fixture.startsAt,
  );
  const found = new Map<FixtureRecord, SeasonMatch[]>();
  for (const record of ranked) {
    const fitting = byTime.filter((match) => !taken.has(match) && mayServe(record, match));
    const [first] = fitting;
    if (first !== undefined) taken.add(first);
    found.set(record, fitting);
  }
  // A rival of one fixture may be the match of another.
  for (const [record, [first, ...rivals]] of found) {
    if (first === undefined) continue;
    found.set(record, [first, ...rivals.filter((match) => !taken.has(match))]);
  }
  return found;
}

/** Whether its match had begun, and was given up or left by a process that ended. */
const hasLostMatch = (record: FixtureRecord, { matches }: SeasonMemory): boolean =>
  matches.some((match) => match.end === 'abandoned' && mayServe(record, { ...match, end: null }));

/** How it stands with a fixture now. */
function standingOf(record: FixtureRecord, [first]: readonly SeasonMatch[], wallAt: number): FixtureStanding {
  const { fixture, leftAt, standing } = record;
  if (isOver(record)) return standing;
  if (first !== undefined) return first.end === 'completed' ? 'served' : 'playing';
  const sinceMs = wallAt - fixture.startsAt;
  if (sinceMs >= lingerMs) return 'missed';
  if (sinceMs >= -earlyMs || leftAt !== null) return 'due';
  return sinceMs >= -leadMs ? 'near' : 'coming';
}

/** How long after its mark there is an alarm without a match. No list has an invented one, which so leaves none. */
const overdueMs = ({ isInvented }: PlannedFixture): number => (isInvented ? alarmAfterMs : windowMs);

/** What is wrong with a fixture now that was not told yet. */
function alarmsOf(
  record: FixtureRecord,
  standing: FixtureStanding,
  { offlineSince }: SeasonContext,
  wallAt: number,
): FixtureAlarm[] {
  const { fixture, nearAt, leftAt, alarms, standing: before } = record;
  const found: FixtureAlarm[] = [];
  const isAttended = standing === 'near' || standing === 'due';
  const isNew = before === 'coming' || before === 'near';
  if (isNew && standing === 'due' && wallAt - fixture.startsAt >= lateMs) found.push('late');
  const missingMs =
    isAttended && offlineSince !== null ? wallAt - Math.max(offlineSince, nearAt ?? wallAt) : 0;
  if (missingMs >= offlineMs) found.push('offline');
  const isOverdue =
    (leftAt !== null && wallAt - leftAt >= alarmAfterMs) || wallAt - fixture.startsAt >= overdueMs(fixture);
  if (standing === 'due' && isOverdue) found.push('no_match');
  return found.filter((why) => !alarms.includes(why));
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;

function alarmWords(why: FixtureAlarm, record: FixtureRecord, context: SeasonContext): string {
  const { fixture, leftAt } = record;
  const wallAt = context.wallNow();
  const what = `${fixture.isInvented ? 'the invented fixture' : 'the fixture'}${fixture.opponent === null ? '' : ` against ${fixture.opponent}`}`;
  switch (why) {
    case 'late':
      return `The lobby is entered ${minutes(wallAt - fixture.startsAt)} after the mark of ${what}: the machine slept, or this was not running.`;
    case 'offline':
      return wallAt < fixture.startsAt
        ? `The bot is not in its lobby, and ${what} begins in ${minutes(fixture.startsAt - wallAt)}.`
        : `The bot is not in its lobby, and ${what} has begun: it is waited for 90 s.`;
    case 'no_match':
      if (hasLostMatch(record, context))
        return `The match of ${what} had begun, and is not played here any more.`;
      return leftAt === null
        ? `No match came for ${what} ${minutes(wallAt - fixture.startsAt)} after its mark.`
        : `No match came for ${what}, which left the list ${minutes(wallAt - leftAt)} ago.`;
  }
}

/** What a look at the fixtures has found. */
export interface FixtureLook {
  readonly fixtures: readonly FixtureRecord[];
  readonly reports: readonly SeasonEvent[];
}

/** How it stands with all fixtures at this moment, and what is to be told of it. */
export function lookAtMarks(context: SeasonContext): FixtureLook {
  const wallAt = context.wallNow();
  const candidates = candidatesFor(context);
  const reports: SeasonEvent[] = [];
  const fixtures = context.fixtures.map((record): FixtureRecord => {
    if (isOver(record)) return record;
    const found = candidates.get(record) ?? [];
    const standing = standingOf(record, found, wallAt);
    const alarms = alarmsOf(record, standing, context, wallAt);
    const told = found.filter(
      (match) => mayBeTold(record, match) && !record.matchIds.includes(match.matchId),
    );
    reports.push(...movesOf(record, standing, wallAt));
    for (const { matchId } of told) {
      const rivals = found.slice(
        0,
        found.findIndex((match) => match.matchId === matchId),
      );
      const rivalIds = rivals.map((rival) => rival.matchId);
      reports.push({ type: 'fixture.matched', fixture: record.fixture, matchId, rivals: rivalIds });
    }
    reports.push(...endOf(record, standing, found, context));
    for (const why of alarms) {
      const message = alarmWords(why, record, context);
      reports.push({ type: 'fixture.alarm', fixture: record.fixture, why, message });
    }
    if (standing === record.standing && alarms.length === 0 && told.length === 0)
      return withoutOld(record, context);
    const matchIds = [...record.matchIds, ...told.map(({ matchId }) => matchId)];
    const nearAt = nearAtOf(record, standing, wallAt);
    return withoutOld(
      { ...record, standing, nearAt, matchIds, alarms: [...record.alarms, ...alarms] },
      context,
    );
  });
  const isSame = fixtures.every((record, index) => record === context.fixtures[index]);
  return { fixtures: isSame ? context.fixtures : fixtures, reports };
}

function nearAtOf({ nearAt }: FixtureRecord, standing: FixtureStanding, wallAt: number): number | null {
  if (standing === 'coming' || over.has(standing)) return null;
  return nearAt ?? wallAt;
}

/** A bot that is back in its lobby may be lost from it again. */
function withoutOld(record: FixtureRecord, { offlineSince }: SeasonContext): FixtureRecord {
  if (offlineSince !== null || !record.alarms.includes('offline')) return record;
  return { ...record, alarms: record.alarms.filter((why) => why !== 'offline') };
}

/** A match against an opponent who is not known yet may soon turn out to be another one. */
const mayBeTold = ({ fixture }: FixtureRecord, { opponents, end }: SeasonMatch): boolean =>
  fixture.opponent === null || opponents !== null || end !== null;

const attended: readonly FixtureStanding[] = ['near', 'due', 'playing', 'served'];

function movesOf(record: FixtureRecord, standing: FixtureStanding, wallAt: number): SeasonEvent[] {
  const { fixture, standing: before } = record;
  if (before === standing) return [];
  const inMs = fixture.startsAt - wallAt;
  const moves: SeasonEvent[] = [];
  if (before === 'coming' && attended.includes(standing)) moves.push({ type: 'fixture.near', fixture, inMs });
  if (standing === 'due' && before === 'playing') moves.push({ type: 'fixture.unmatched', fixture });
  else if (standing === 'due') moves.push({ type: 'fixture.due', fixture });
  return moves;
}

function endOf(
  record: FixtureRecord,
  standing: FixtureStanding,
  [first]: readonly SeasonMatch[],
  context: SeasonContext,
): SeasonEvent[] {
  const { fixture } = record;
  if (record.standing === standing) return [];
  if (standing === 'served' && first !== undefined)
    return [{ type: 'fixture.served', fixture, matchId: first.matchId }];
  return standing === 'missed'
    ? [{ type: 'fixture.missed', fixture, message: missedWords(record, context) }]
    : [];
}

function missedWords(record: FixtureRecord, context: SeasonContext): string {
  if (record.fixture.isInvented) return 'no match came, as was to be expected of a dry run';
  if (hasLostMatch(record, context)) return 'its match had begun, and its end was not seen';
  return record.standing === 'coming'
    ? `this was not running from its mark until ${minutes(lingerMs)} after it`
    : `no match came until ${minutes(lingerMs)} after its mark`;
}

/** How urgent it is that the bot is in its lobby, by the fixture that is nearest to its match. */
export type Urgency = 'none' | 'near' | 'due' | 'playing';

export function urgencyOf({ fixtures, wallNow }: SeasonContext): Urgency {
  const wallAt = wallNow();
  const standings = fixtures
    .filter(({ fixture }) => wallAt < fixture.startsAt + lingerMs)
    .map(({ standing }) => standing);
  for (const urgency of ['playing', 'due', 'near'] as const) {
    if (standings.includes(urgency)) return urgency;
  }
  return 'none';
}

/** The list cannot be read, and was not for long: there may be a fixture that nobody knows of. */
export function isUnlisted({ failures, listedAt, wallNow }: SeasonContext): boolean {
  return failures > 0 && (listedAt === null || wallNow() - listedAt >= seasonDefaults.staleListMs);
}

/** When something changes by time alone, after this moment, on the wall clock. */
export function nextMark(context: SeasonContext, wallAt: number): number {
  const { fixtures, nextListAt, offlineSince } = context;
  const marks = fixtures
    .filter((record) => !isOver(record))
    .flatMap(({ fixture, fixture: { startsAt }, nearAt, leftAt }) => [
      startsAt - leadMs,
      startsAt - earlyMs,
      startsAt + seasonDefaults.lookAfterMs,
      startsAt + overdueMs(fixture),
      startsAt + lingerMs,
      ...(leftAt === null ? [] : [leftAt + alarmAfterMs]),
      ...(offlineSince === null || nearAt === null ? [] : [Math.max(offlineSince, nearAt) + offlineMs]),
    ]);
  return Math.min(...[nextListAt, ...marks].filter((mark) => mark > wallAt), Number.POSITIVE_INFINITY);
}
