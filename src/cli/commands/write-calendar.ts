/** Writes the calendar of `fixtures --ics`, and what the next one has to know. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import { keptFolder } from '../../files/home-folder.js';
import { makeFolder } from '../../files/make-folder.js';
import { writeWhole } from '../../files/write-whole.js';
import { count } from '../../io/reports/describe.js';
import type { Fixture } from '../../platform/read-answers.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { type CalendarUpdate, updateCalendar } from '../../season/calendar-entries.js';
import { readCalendarState, writeCalendarState } from '../../season/calendar-state.js';
import { calendarText } from '../../season/calendar-text.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

const defaults = {
  /** Calendars are read by other programs, and have no secret. */
  mode: 0o644,
  maxLineLength: 1_000,
  nameLength: 12,
} as const;

export interface CalendarSource {
  fixtures: readonly Fixture[];
  skipped: number;
  /** There are more fixtures than these. */
  isPartial: boolean;
  /** Whose fixtures these are. */
  owner: string;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * @param out the file; true: standard output.
 * @returns the exit code: 1 when the next calendar will not know of this one.
 * @throws {OptionError} for a file that cannot be written.
 */
export function writeCalendar(
  out: string | true,
  { fixtures, skipped, isPartial, owner, now }: CalendarSource,
  io: Terminal,
): number {
  const say = (line: string) => printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  const statePath = out === true ? statePathOf(owner, io) : `${out}.state`;
  const state = readCalendarState(statePath);
  if (state.entries === null) {
    say(
      `warning: ${statePath} is not used: ${state.why}. Events that were moved since the last calendar may be there twice.`,
    );
  }
  const update = updateCalendar(state.entries ?? [], {
    fixtures,
    isWhole: skipped === 0 && !isPartial,
    owner,
    now,
  });
  const text = calendarText(update.events);
  if (out === true) io.stdout.write(text);
  else writeFile(out, text);
  // Behind the calendar: what was not written is told again.
  try {
    makeFolder(dirname(statePath));
    writeCalendarState(statePath, update.entries);
  } catch (error) {
    say(
      `chipzen-agent fixtures: ${statePath} cannot be written (${codeOfError(error)}): the next calendar may have events twice.`,
    );
    return exitCodes.failed;
  }
  if (out !== true) say(`${out}: ${wordsOf(update)}`);
  return exitCodes.done;
}

function writeFile(path: string, text: string): void {
  let odd: string | null = null;
  try {
    makeFolder(dirname(path));
    const stats = statSync(path, { throwIfNoEntry: false });
    odd = stats === undefined ? null : oddKindOf(stats);
    if (odd === null) writeWhole(path, text, { mode: defaults.mode });
  } catch (error) {
    throw new OptionError(
      'ics',
      `${path} cannot be written (${codeOfError(error)}): give --ics a place that can be.`,
    );
  }
  if (odd !== null) throw new OptionError('ics', `${path} is ${odd}: give --ics the name of a file.`);
}

function codeOfError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** One for each bot and platform. */
function statePathOf(owner: string, { env }: Terminal): string {
  const name = createHash('sha256').update(owner).digest('hex').slice(0, defaults.nameLength);
  return join(keptFolder(env), `fixtures-${name}.state`);
}

/** `3 events, 1 new, 1 cancelled`. */
function wordsOf({ events, changes }: CalendarUpdate): string {
  const { added, changed, cancelled } = changes;
  const parts = Object.entries({ new: added, changed, cancelled }).filter(([, number]) => number > 0);
  return [count(events.length, 'event'), ...parts.map(([word, number]) => `${number} ${word}`)].join(', ');
}
