/** What the season keeper reports: how it stands with each fixture, and what keeps the bot from it. */

/** A match of the season that is to come, or was. Times are epoch milliseconds of the wall clock. */
export interface PlannedFixture {
  /** Made of what was told first: it stays the same when the fixture is moved. */
  readonly fixtureId: string;
  /** The platform's own id; null: it tells none, as up to October 2026. */
  readonly toldId: string | null;
  readonly startsAt: number;
  /** Null: not known yet. */
  readonly opponent: string | null;
  /** Of one decision; null: not told. */
  readonly decisionClockMs: number | null;
  readonly stage: string | null;
  readonly round: string | null;
  /** Not the platform's: made up for a dry run. */
  readonly isInvented: boolean;
}

/**
 * How it stands with a fixture: `near`, the bot should be in the lobby; `due`, its match may be announced; `playing` what
 * may be its match.
 */
export type FixtureStanding = 'coming' | 'near' | 'due' | 'playing' | 'served' | 'missed' | 'cancelled';

/**
 * Why there is an alarm: the fixture is near and the bot `offline`; its time is over, or it left the list, and there is
 * `no_match`; or the lobby was entered `late`.
 */
export type FixtureAlarm = 'offline' | 'no_match' | 'late';

/** One thing that happened to the fixtures. */
export type SeasonEvent =
  /** The list was read, and differs from what was known: all fixtures that are still to be played, the first one first. */
  | { type: 'fixture.listed'; fixtures: readonly PlannedFixture[]; message: string | null }
  /** The list could not be read; it is read again in `retryMs`. What was known before stays. */
  | { type: 'fixture.unlisted'; message: string; retryMs: number }
  | { type: 'fixture.moved'; fixture: PlannedFixture; before: number }
  /** It left the list long before its time. */
  | { type: 'fixture.cancelled'; fixture: PlannedFixture }
  /** The bot should be in the lobby from now on. `inMs` is below 0 after the mark. */
  | { type: 'fixture.near'; fixture: PlannedFixture; inMs: number }
  /** Its time has come, or it left the list: the platform may announce the match at any moment. */
  | { type: 'fixture.due'; fixture: PlannedFixture }
  /** A match that may be the fixture's. `rivals` are the ids of others that may be it, and were announced before. */
  | { type: 'fixture.matched'; fixture: PlannedFixture; matchId: string; rivals: readonly string[] }
  /** The match that may have been the fixture's is against another opponent, or was given up. */
  | { type: 'fixture.unmatched'; fixture: PlannedFixture }
  | { type: 'fixture.alarm'; fixture: PlannedFixture; why: FixtureAlarm; message: string }
  /** Its match was played to its end. */
  | { type: 'fixture.served'; fixture: PlannedFixture; matchId: string }
  /** Nothing is waited for any more. */
  | { type: 'fixture.missed'; fixture: PlannedFixture; message: string }
  /** The wall clock went on by `byMs` more than the time that was waited for: a sleep, or somebody set it. */
  | { type: 'clock.jumped'; byMs: number; message: string };
