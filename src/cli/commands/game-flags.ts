/** The flags that say what is played, for every command that opens a platform. */
import { type Command, Option } from 'commander';
import { type FormatName, formatNames, matchFormats } from '../../holdem/match-formats.js';
import { defaultHouseBot } from '../../house/house-bot-names.js';
import { OptionError } from '../../protocol/errors.js';
import { type DialectName, dialectNames } from '../../sandbox/terms/dialect-names.js';
import { seatLimits } from '../../sandbox/terms/game-options.js';
import type { SandboxOptions } from '../../sandbox/terms/sandbox-options.js';
import { type Blinds, integer, maxSeconds, parseBlinds, positiveSecondsUpTo } from './arguments.js';

/** A part that is not given is the format's. */
export interface GameFlags {
  format?: FormatName;
  dialect?: DialectName;
  /** Chips of each player. */
  stack?: number;
  blinds?: Blinds;
  /** Most hands of a match. */
  hands?: number;
  /** Seconds for a decision. */
  clock?: number;
}

export const gameDefaults = { format: 'season' } as const;

/** @param own defaults of the command in place of the format's. */
export function addGameFlags(command: Command, own: { hands?: number } = {}): Command {
  return command
    .addOption(
      new Option('--format <name>', 'what is played, as on the platform: chips, blinds, hands, clock, seats')
        .choices(formatNames)
        .default(gameDefaults.format),
    )
    .addOption(
      new Option(
        '--dialect <name>',
        'whose frames are spoken: those that players saw, those of the documents, or those of older servers (default: "played")',
      ).choices(dialectNames),
    )
    .option('--stack <chips>', "chips of each player (default: the format's)", integer(1))
    .addOption(
      new Option(
        '--blinds <small/big>',
        "in chips, and those never rise; 5/10,21:10/20 has them rise at hand 21 (default: the format's, which rise)",
      ).argParser(parseBlinds),
    )
    .addOption(handsOption(own.hands))
    .option(
      '--clock <seconds>',
      "time for a decision (default: the format's)",
      positiveSecondsUpTo(maxSeconds),
    );
}

function handsOption(usual: number | undefined): Option {
  const what = 'most hands of a match';
  const option = new Option('--hands <n>', usual === undefined ? `${what} (default: the format's)` : what);
  return option.default(usual).argParser(integer(1));
}

/** What the flags mean to `createSandbox`. */
export function gameOptionsOf({ format, dialect, stack, blinds, hands, clock }: GameFlags): SandboxOptions {
  return {
    ...(dialect !== undefined && { dialect }),
    ...(format !== undefined && { format }),
    ...(stack !== undefined && { startingStack: stack }),
    ...(blinds !== undefined && {
      smallBlind: blinds.small,
      bigBlind: blinds.big,
      blindSchedule: blinds.schedule,
    }),
    ...(hands !== undefined && { maxHands: hands }),
    ...(clock !== undefined && { decisionTimeoutMs: Math.ceil(clock * 1_000) }),
  };
}

/**
 * @param others what says who sits beside the opponents, for the error.
 * @throws {OptionError} when they are too many for a table.
 */
export function requireSeats(seats: number, others: string): void {
  if (seats <= seatLimits.max) return;
  throw new OptionError(
    'opponent',
    `A match has ${seatLimits.max} seats at most: ${others} and all --opponent together.`,
  );
}

/**
 * The opponents that were named, or as many of the default one as the format has seats.
 *
 * @param bots how many of the seats are taken by others.
 */
export function opponentsOf(
  named: readonly string[],
  format: FormatName | undefined,
  bots: number,
): string[] {
  if (named.length > 0) return [...named];
  const { seats } = matchFormats[format ?? gameDefaults.format];
  return Array.from({ length: Math.max(0, seats - bots) }, () => defaultHouseBot);
}
