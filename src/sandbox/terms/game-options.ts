/** What is played: the format, with the parts of it that are given. */
import { blindLadder, type FormatName, formatNames, matchFormats } from '../../holdem/match-formats.js';
import type { BlindLevel } from '../../holdem/table-types.js';
import { OptionError } from '../../protocol/errors.js';
import { whole } from './option-checks.js';

const defaults = { format: 'season', ante: 0 } as const;

/** Of one match: the platform's format has room for six. */
export const seatLimits = { min: 2, max: 6 } as const;

/** Stacks of this size at every seat can still be added exactly. */
const maxChips = Math.floor(Number.MAX_SAFE_INTEGER / seatLimits.max);

/** A level with an ante that every seat posts, as on the platform. */
export type PlatformLevel = BlindLevel & { ante?: number };

/** What `createSandbox` is told of the game. Amounts are chips. */
export interface GameOptions {
  /**
   * The kind of match, which gives the defaults of chips, blinds, hands and clock, and how many house bots sit down where
   * nobody is named. Default: `season`.
   */
  format?: FormatName;
  /** Default: the format's. */
  startingStack?: number;
  /** Default: half of the big blind; without one, the format's. */
  smallBlind?: number;
  /** Default: twice the small blind; without one, the format's. */
  bigBlind?: number;
  /** Posted by every seat in every hand. Default: 0. */
  ante?: number;
  /**
   * Blinds and antes of later hands; each level applies until the next one. Default: the format's, and none where a blind
   * is given.
   */
  blindSchedule?: readonly PlatformLevel[];
  /** The most hands of a match. Default: the format's. */
  maxHands?: number;
}

export interface GameSettings {
  format: FormatName;
  /** How many play where nobody says with whom. */
  seats: number;
  startingStack: number;
  smallBlind: number;
  bigBlind: number;
  blindSchedule: readonly PlatformLevel[];
  ante: number;
  maxHands: number;
  /** The format's, in milliseconds, before `speed`. */
  decisionTimeoutMs: number;
}

/** @throws {OptionError} */
export function gameOf(options: GameOptions): GameSettings {
  const format = formatNameOf(options.format);
  const usual = matchFormats[format];
  const { maxHands = usual.maxHands, ante = defaults.ante } = options;
  const startingStack = chips('startingStack', options.startingStack ?? usual.startingStack);
  return {
    format,
    seats: usual.seats,
    startingStack,
    ...blindsOf(options, format, startingStack),
    ante: whole('ante', ante, 0, maxChips),
    maxHands: whole('maxHands', maxHands, 1, Number.MAX_SAFE_INTEGER),
    decisionTimeoutMs: usual.decisionTimeoutMs,
  };
}

function formatNameOf(name: unknown = defaults.format): FormatName {
  const found = formatNames.find((known) => known === name);
  if (found !== undefined) return found;
  throw new OptionError('format', `The option format must be one of ${formatNames.join(', ')}.`);
}

/** Blinds that are given replace the format's as a whole, with those of later hands. */
function blindsOf(
  { smallBlind, bigBlind, blindSchedule }: GameOptions,
  format: FormatName,
  startingStack: number,
): Pick<GameSettings, 'smallBlind' | 'bigBlind' | 'blindSchedule'> {
  if (smallBlind === undefined && bigBlind === undefined) {
    const usual = matchFormats[format];
    return {
      smallBlind: usual.smallBlind,
      bigBlind: usual.bigBlind,
      blindSchedule: blindSchedule ?? blindLadder(usual.bigBlind, startingStack * seatLimits.max),
    };
  }
  const half = () => Math.max(1, Math.floor(chips('bigBlind', bigBlind) / 2));
  const small = chips('smallBlind', smallBlind ?? half());
  const big = chips('bigBlind', bigBlind ?? 2 * small);
  if (big < small) {
    throw new OptionError('bigBlind', `The option bigBlind must not be below smallBlind, ${small}.`);
  }
  return { smallBlind: small, bigBlind: big, blindSchedule: blindSchedule ?? [] };
}

function chips(name: string, value: unknown): number {
  return whole(name, value, 1, maxChips);
}
