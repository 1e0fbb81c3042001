/** `chipzen-agent fixtures`: the matches of a season that are to come, as a table, JSON or a calendar. */
import { connectToPlatform } from '../../agent/connect-to-platform.js';
import { configPaths, loadChipzenConfig } from '../../io/settings/config.js';
import type { Fixture } from '../../platform/read-answers.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import type { AskedFixtures } from '../../season/fixture-list-port.js';
import {
  countdown,
  fixtureNotes,
  localTime,
  stageWords,
  timeZoneOf,
  utcTime,
} from '../../season/fixture-words.js';
import { collectListRemarks } from '../../season/list-remarks.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printError } from '../surroundings/print-error.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import type { IdentityFlags } from './platform-flags.js';
import { type PrintedColumn, printedTable } from './printed-table.js';
import { isTokenRefused } from './refused-how.js';
import { untilStopped } from './until-stopped.js';
import { writeCalendar } from './write-calendar.js';

const defaults = { maxLineLength: 1_000, maxTextLength: 300 } as const;

export interface FixturesFlags extends IdentityFlags {
  json?: boolean;
  /** The file; true: standard output. */
  ics?: string | true;
}

/** What was asked, and what was told. */
interface Told extends AskedFixtures {
  /** `https://chipzen.ai`. */
  platform: string;
  botId: string | null;
  /** Epoch milliseconds. */
  now: number;
  timeZone: string;
}

/**
 * @param clock of the request.
 * @returns the exit code.
 * @throws {OptionError | ConfigError | MissingTokenError | MissingUrlError} for settings that cannot be used.
 * @throws {PlatformUnreachableError | PlatformAnswerError}
 */
export async function showFixtures(
  flags: FixturesFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  if (flags.json === true && flags.ics === true) {
    throw new OptionError('ics', 'Both --json and --ics would be on standard output: name a file for --ics.');
  }
  if (flags.token !== undefined) io.hide(flags.token);
  try {
    return await untilStopped(io, async (signal) => {
      const told = await ask(flags, io, clock, signal);
      print(told, flags, io);
      return flags.ics === undefined
        ? exitCodes.done
        : writeCalendar(flags.ics, { ...told, owner: `${told.platform} ${told.botId ?? ''}` }, io);
    });
  } catch (error) {
    if (!isTokenRefused(error)) throw error;
    printError(error, false, io);
    return exitCodes.authentication;
  }
}

async function ask(
  { config: file, env, url, botId, token }: FixturesFlags,
  io: Terminal,
  clock: WorldClock,
  signal: AbortSignal,
): Promise<Told> {
  const onWarning = (message: string) =>
    printLine(io.stderr, printable(`warning: ${message}`, defaults.maxLineLength, io.redact));
  const config = loadChipzenConfig(file === undefined ? configPaths(io.env) : [file], {
    onWarning,
    isRequired: file !== undefined,
  });
  if (config?.token) io.hide(config.token);
  const remarks = collectListRemarks();
  const client = connectToPlatform({
    config,
    ...(env !== undefined && { env }),
    ...(url !== undefined && { url }),
    ...(botId !== undefined && { botId }),
    ...(token !== undefined && { token }),
    processEnv: io.env,
    onWarning,
    clock,
    onEvent: remarks.onEvent,
  });
  try {
    const fixtures = await client.fixtures.upcoming({ signal });
    return {
      fixtures: fixtures.map((fixture) => shown(fixture, io)),
      ...remarks.take(),
      platform: client.apiUrl,
      botId: client.botId,
      now: clock.wallNow?.() ?? clock.now(),
      timeZone: timeZoneOf(io.env['TZ']),
    };
  } finally {
    client.close();
  }
}

/** The platform's texts as they may be shown. */
function shown(fixture: Fixture, { redact }: Terminal): Fixture {
  const text = (value: string | null) =>
    value === null ? null : printable(value, defaults.maxTextLength, redact);
  return {
    ...fixture,
    fixtureId: text(fixture.fixtureId),
    startsAtText: text(fixture.startsAtText),
    opponent: text(fixture.opponent),
    stage: text(fixture.stage),
    round: text(fixture.round),
    status: text(fixture.status),
  };
}

function print(told: Told, { json, ics }: FixturesFlags, io: Terminal): void {
  const { fixtures, skipped, remarks } = told;
  const notes = [...fixtureNotes(fixtures, skipped), ...remarks];
  if (json === true) {
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(asJson(told, notes)))));
    return;
  }
  // Only the calendar may be on its stream.
  const stream = ics === true ? io.stderr : io.stdout;
  if (ics !== true) for (const line of tableLines(told, io.screen?.size().columns)) printLine(stream, line);
  for (const note of notes)
    printLine(io.stderr, printable(`note: ${note}`, defaults.maxLineLength, io.redact));
}

function asJson({ fixtures, platform, botId, now, timeZone }: Told, notes: readonly string[]): object {
  return {
    platform,
    botId,
    askedAt: Math.round(now),
    timeZone,
    fixtures: fixtures.map((fixture) => ({
      ...fixture,
      // Notes tell them; JSON leaves out what is undefined.
      otherNames: undefined,
      utc: fixture.startsAt === null ? null : new Date(fixture.startsAt).toISOString(),
      local: fixture.startsAt === null ? null : localTime(fixture.startsAt, timeZone),
      inMs: fixture.startsAt === null ? null : Math.round(fixture.startsAt - now),
    })),
    notes,
  };
}

const time = (of: (startsAt: number) => string) => (fixture: Fixture) =>
  fixture.startsAt === null ? '?' : of(fixture.startsAt);

function tableLines({ fixtures, platform, now, timeZone }: Told, room: number | undefined): string[] {
  if (fixtures.length === 0) return [`No fixture is to come (${platform}).`];
  const column = (heading: string, cellOf: (fixture: Fixture) => string): PrintedColumn => ({
    heading,
    short: heading,
    cells: fixtures.map((fixture) => cellOf(fixture) || '-'),
  });
  return [
    `Local times are those of ${timeZone}.`,
    ...printedTable(
      column('opponent', ({ opponent }) => opponent ?? 'not known yet'),
      [
        column(
          'local',
          time((at) => localTime(at, timeZone)),
        ),
        column('UTC', time(utcTime)),
        column(
          'starts',
          time((at) => countdown(at - now)),
        ),
        column('clock', ({ decisionClockMs }) =>
          decisionClockMs === null ? '' : `${decisionClockMs / 1_000} s`,
        ),
        column('stage', stageWords),
      ],
      room,
    ),
  ];
}
