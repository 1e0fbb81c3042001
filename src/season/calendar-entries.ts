/**
 * What a calendar knows of fixtures from one time that it is made to the next: which event is which fixture, and how often
 * it was changed. The platform tells no id, so a fixture is known by its time, else by whom and what it is about.
 */
import { createHash } from 'node:crypto';
import type { Fixture } from '../platform/read-answers.js';
import type { CalendarEvent } from './calendar-text.js';
import { stageWords } from './fixture-words.js';
import { pairFixtures } from './pair-fixtures.js';

const defaults = {
  /** How long a fixture stays in the calendar after its time. */
  keptMs: 7 * 86_400_000,
  /** A fixture leaves the list when it opens, on the clock of the platform. */
  openedMs: 2 * 60_000,
  uidLength: 24,
} as const;

/** A fixture in a calendar. Times are epoch milliseconds. */
export interface CalendarEntry
  extends Pick<Fixture, 'fixtureId' | 'opponent' | 'decisionClockMs' | 'stage' | 'round'> {
  readonly uid: string;
  readonly sequence: number;
  readonly stampedAt: number;
  readonly startsAt: number;
  /** It left the list before its time, and a calendar has said so. */
  readonly isCancelled: boolean;
}

export interface CalendarUpdate {
  /** What the next calendar has to know. */
  readonly entries: readonly CalendarEntry[];
  readonly events: readonly CalendarEvent[];
  readonly changes: { readonly added: number; readonly changed: number; readonly cancelled: number };
}

export interface CalendarList {
  readonly fixtures: readonly Fixture[];
  /** Every entry of the list could be read: what is missing is not there. */
  readonly isWhole: boolean;
  /** Whose fixtures these are: makes ids of events unlike those of other bots. */
  readonly owner: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** @param before what the last calendar knew. */
export function updateCalendar(before: readonly CalendarEntry[], list: CalendarList): CalendarUpdate {
  const { now } = list;
  const known = before.filter(({ startsAt }) => startsAt + defaults.keptMs > now);
  const timed = list.fixtures.filter(hasTime);
  const listed = timed.map((fixture) => ({ ...fixture, toldId: fixture.fixtureId }));
  const pairs = pairFixtures(known, listed, {
    factsOf: (entry) => ({ ...entry, toldId: entry.fixtureId }),
    now,
  });
  const entryOf = new Map(listed.map((facts, index) => [timed[index], pairs.get(facts)]));
  const taken = new Set(known.map(({ uid }) => uid));
  const changes = { added: 0, changed: 0, cancelled: 0 };

  const told = timed.map((fixture): CalendarEntry => {
    const entry = entryOf.get(fixture);
    if (entry === undefined) {
      changes.added += 1;
      const uid = newUid(fixture, list.owner, taken);
      taken.add(uid);
      return { ...factsOf(fixture), uid, sequence: 0, stampedAt: now, isCancelled: false };
    }
    const next = { ...entry, ...factsOf(fixture), isCancelled: false };
    if (isSame(entry, next)) return entry;
    changes.changed += 1;
    return { ...next, sequence: entry.sequence + 1, stampedAt: now };
  });

  const paired = new Set(entryOf.values());
  // One without a time that can be read may be any of those that are known.
  const isCertain = list.isWhole && timed.length === list.fixtures.length;
  const left = known
    .filter((entry) => !paired.has(entry))
    .map((entry): CalendarEntry => {
      const isGone = isCertain && entry.startsAt - defaults.openedMs > now;
      if (!isGone || entry.isCancelled) return entry;
      changes.cancelled += 1;
      return { ...entry, sequence: entry.sequence + 1, stampedAt: now, isCancelled: true };
    });

  const toldBefore = new Set(before.filter(({ isCancelled }) => isCancelled));
  const entries = [...told, ...left].toSorted((one, other) => one.startsAt - other.startsAt);
  const events = entries.filter((entry) => !toldBefore.has(entry)).map(eventOf);
  return { entries, events, changes };
}

type TimedFixture = Fixture & { startsAt: number };

const hasTime = (fixture: Fixture): fixture is TimedFixture => fixture.startsAt !== null;

const factsOf = ({ fixtureId, startsAt, opponent, decisionClockMs, stage, round }: TimedFixture) => ({
  fixtureId,
  startsAt,
  opponent,
  decisionClockMs,
  stage,
  round,
});

function isSame(one: CalendarEntry, other: CalendarEntry): boolean {
  return (Object.keys(other) as (keyof CalendarEntry)[]).every((name) => one[name] === other[name]);
}

/** The same for the same list, also where nothing is known of an earlier one. */
function newUid(fixture: TimedFixture, owner: string, taken: ReadonlySet<string>): string {
  const { fixtureId, startsAt, stage, round } = fixture;
  for (let count = 0; ; count += 1) {
    const about = JSON.stringify([owner, fixtureId ?? [startsAt, stage, round], count]);
    const hash = createHash('sha256').update(about).digest('hex').slice(0, defaults.uidLength);
    const uid = `${hash}@chipzen-agent`;
    if (!taken.has(uid)) return uid;
  }
}

function eventOf(entry: CalendarEntry): CalendarEvent {
  const { uid, sequence, stampedAt, startsAt, isCancelled, opponent, decisionClockMs } = entry;
  const stage = stageWords(entry);
  const about = [
    opponent === null ? 'The opponent is not known yet.' : `Against ${opponent}.`,
    ...(stage === '' ? [] : [`Stage: ${stage}.`]),
    ...(decisionClockMs === null ? [] : [`Clock: ${decisionClockMs / 1_000} s for a decision.`]),
    'The bot has to be in its lobby when it starts.',
  ];
  return {
    uid,
    sequence,
    stampedAt,
    startsAt,
    isCancelled,
    summary: `Chipzen: ${opponent ?? 'opponent not known yet'}${stage === '' ? '' : ` (${stage})`}`,
    description: about.join('\n'),
  };
}
