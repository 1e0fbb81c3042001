/** The flags of `chipzen-agent run` for the queue, for challenges, and for what may be used of a day. */
import { type Command, InvalidArgumentError } from 'commander';
import type { AgentOptions } from '../../io/settings/agent-options.js';
import { OptionError } from '../../protocol/errors.js';
import { fileArgument, integer } from './arguments.js';

/** A word and not null: commander makes empty text of that. */
export type LimitFlag = number | 'none';

export interface DayFlags {
  queue?: boolean;
  queueMatches?: number;
  queueWhile?: number;
  accept?: 'all' | string[];
  /** Hours. */
  lobbyHours?: LimitFlag;
  matchesPerDay?: LimitFlag;
  dayBook?: string;
}

export function addQueueFlags(command: Command): Command {
  return command
    .option(
      '--queue',
      'be in the queue for rated matches, but for live matches, fixtures (as with --season) and used-up days',
    )
    .option('--queue-matches <n>', 'with --queue: so many matches of the queue a day', integer(1))
    .option('--queue-while <n>', 'with --queue: beside so many live matches (default: 0)', integer(0))
    .option(
      '--accept <names>',
      'take the challenges of these bots (names with commas between, or all), and decline others',
      takenNames,
    )
    .option(
      '--matches-per-day <n>',
      'what the platform allows from 00:00 UTC on: a number, or none (default: 20, with --queue or --accept)',
      orNone(integer(1)),
    )
    .option(
      '--lobby-hours <n>',
      'the same in hours, with a reserve for fixtures (default: 8, with --season, --queue or --accept)',
      orNone(hours),
    )
    .option(
      '--day-book <file>',
      'count the day in this file (default: one for each bot in ~/.chipzen)',
      fileArgument,
    );
}

/** @throws {OptionError} for flags that have a meaning only beside others. */
export function dayOptionsOf(flags: DayFlags & { season?: boolean }): Partial<AgentOptions> {
  const { queue, queueMatches, queueWhile, accept, lobbyHours, matchesPerDay, dayBook, season } = flags;
  const needsQueue =
    queueMatches !== undefined ? '--queue-matches' : queueWhile !== undefined ? '--queue-while' : null;
  if (queue !== true && needsQueue !== null)
    throw new OptionError('queue', `${needsQueue} says how to be in the queue: give --queue as well.`);
  const needsDates =
    lobbyHours !== undefined ? '--lobby-hours' : matchesPerDay !== undefined ? '--matches-per-day' : null;
  if (needsDates !== null && queue !== true && season !== true && accept === undefined)
    throw new OptionError(
      'day',
      `${needsDates} limits what is asked for: give --queue, --accept or --season as well.`,
    );
  return {
    ...(queue === true && {
      queue: {
        ...(queueMatches !== undefined && { matches: queueMatches }),
        ...(queueWhile !== undefined && { whileLive: queueWhile }),
      },
    }),
    ...(accept !== undefined && { accept }),
    ...(lobbyHours !== undefined && { lobbyHours: limitOf(lobbyHours) }),
    ...(matchesPerDay !== undefined && { matchesPerDay: limitOf(matchesPerDay) }),
    ...(dayBook !== undefined && { dayBook }),
  };
}

function takenNames(text: string): 'all' | string[] {
  if (text.trim().toLowerCase() === 'all') return 'all';
  const names = text.split(',').map((name) => name.trim());
  if (names.length > 0 && names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Give names with commas between them, or "all".');
}

/** A parser of a number, or none. */
export const orNone =
  (read: (text: string) => number) =>
  (text: string): LimitFlag =>
    text.trim().toLowerCase() === 'none' ? 'none' : read(text);

/** Null: no limit. */
export const limitOf = (flag: LimitFlag): number | null => (flag === 'none' ? null : flag);

function hours(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 24) return value;
  throw new InvalidArgumentError('Give a number of hours above 0, 24 at most, or "none".');
}
