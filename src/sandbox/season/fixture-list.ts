/** The fixtures of a season as they are given: as JSON in the shape of the answer of `GET fixtures/upcoming`. */
import { isObject, isText } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import type { FixtureRow } from '../../protocol/http-answers.js';
import { printable } from '../../protocol/redact.js';

const defaults = {
  decisionClockSeconds: 30,
  maxFixtures: 10_000,
  maxClockSeconds: 86_400,
  maxAheadSeconds: 366 * 86_400,
  maxTextLength: 128,
  maxShownName: 40,
} as const;

/**
 * One fixture of a season. It has what the platform tells of one, and two fields of our own: who plays it (the platform
 * tells each bot of its own fixtures only), and a time that counts from now.
 */
export interface SeasonFixture extends Omit<FixtureRow, 'opponent_bot_name'> {
  /** A bot of this platform by its name or id, or a house bot by its name. */
  opponent_bot_name: string;
  /** The name or id of the bot that plays it. Default: the first bot of the platform. */
  bot_name?: string;
  /** In place of `starts_at`. */
  starts_in_seconds?: number;
}

/** What `schedule` and `sandbox --season` take. */
export interface Season {
  fixtures: readonly SeasonFixture[];
}

/** A fixture, checked. */
export interface FixtureOrder {
  /** Null: the first bot of the platform. */
  readonly bot: string | null;
  readonly opponent: string;
  /** Epoch milliseconds on the wall clock. */
  readonly startsAt: number;
  readonly decisionClockSeconds: number;
  readonly stage: string;
  readonly round: number | string;
}

/** What each field must be, when it is there. */
const rules: Readonly<Record<string, { is: (value: unknown) => boolean; must: string }>> = {
  opponent_bot_name: { is: isName, must: 'be the name of a bot of this platform or of a house bot' },
  bot_name: { is: isName, must: 'be the name of a bot of this platform' },
  starts_at: { is: isTime, must: 'be a time such as 2026-01-06T18:40:00Z' },
  scheduled_at: { is: isTime, must: 'be a time such as 2026-01-06T18:40:00Z' },
  start_time: { is: isTime, must: 'be a time such as 2026-01-06T18:40:00Z' },
  starts_in_seconds: {
    is: (value) => isSeconds(value, 0, defaults.maxAheadSeconds),
    must: 'be a number of seconds from now, a year at most',
  },
  decision_clock_seconds: {
    is: (value) => isSeconds(value, 0.001, defaults.maxClockSeconds),
    must: `be a number of seconds up to ${defaults.maxClockSeconds}`,
  },
  stage: { is: isName, must: 'be text' },
  round: { is: (value) => isName(value) || Number.isSafeInteger(value), must: 'be a whole number or text' },
  status: { is: isName, must: 'be text' },
};

/**
 * Reads a list of fixtures.
 *
 * @param now epoch milliseconds on the wall clock.
 * @throws {OptionError} that names the fixture and the field.
 */
export function fixturesOf(season: unknown, now: number): FixtureOrder[] {
  const fixtures = isObject(season) ? season.fixtures : undefined;
  if (!Array.isArray(fixtures)) {
    throw new OptionError('season', 'A season is an object with a list of fixtures: { "fixtures": [...] }.');
  }
  if (fixtures.length > defaults.maxFixtures) {
    throw new OptionError('season', `A season has ${defaults.maxFixtures} fixtures at most.`);
  }
  return fixtures.map((fixture, index) => fixtureOf(fixture, `fixtures[${index}]`, now));
}

function fixtureOf(value: unknown, where: string, now: number): FixtureOrder {
  if (!isObject(value)) throw new OptionError('season', `${where} must be an object.`);
  for (const [name, field] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      throw new OptionError(
        'season',
        `${where}.${printable(name, defaults.maxShownName)} is no field of a fixture; there are ${Object.keys(rules).join(', ')}.`,
      );
    }
    if (!rule.is(field)) throw new OptionError('season', `${where}.${name} must ${rule.must}.`);
  }
  const fixture = value as Partial<SeasonFixture>;
  const { opponent_bot_name: opponent, starts_in_seconds: seconds } = fixture;
  const time = fixture.starts_at ?? fixture.scheduled_at ?? fixture.start_time;
  if (opponent === undefined) throw new OptionError('season', `${where}.opponent_bot_name is missing.`);
  if ((time === undefined) === (seconds === undefined)) {
    throw new OptionError('season', `${where} must have either starts_at or starts_in_seconds.`);
  }
  return {
    bot: fixture.bot_name ?? null,
    opponent,
    startsAt: time === undefined ? now + Number(seconds) * 1_000 : Date.parse(time),
    decisionClockSeconds: fixture.decision_clock_seconds ?? defaults.decisionClockSeconds,
    stage: fixture.stage ?? 'round_robin',
    round: fixture.round ?? 1,
  };
}

function isName(value: unknown): value is string {
  return isText(value) && value !== '' && value.length <= defaults.maxTextLength;
}

/** With a date, a time and where that time is: one without a zone would mean another moment on each machine. */
function isTime(value: unknown): boolean {
  return (
    isName(value) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function isSeconds(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && value >= from && value <= to;
}
