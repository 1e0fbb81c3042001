/** The options of a table, checked. */
import type { BlindLevel, TableOptions } from './table-types.js';

const defaults = {
  ante: 0,
  blindSchedule: [],
  maxHands: 1000,
  deckFor: () => undefined,
} as const;

/** Of one match. */
export const seatLimits = { min: 2, max: 6 } as const;

const limits = {
  /** Six stacks of this size can still be added up exactly. */
  maxChips: Math.floor(Number.MAX_SAFE_INTEGER / 6),
} as const;

/**
 * Fills in the defaults.
 *
 * @throws RangeError for an option that makes no game; the message names it.
 */
export function tableSettings(options: TableOptions): Required<TableOptions> {
  const settings = {
    ...options,
    ante: options.ante ?? defaults.ante,
    blindSchedule: options.blindSchedule ?? defaults.blindSchedule,
    maxHands: options.maxHands ?? defaults.maxHands,
    deckFor: options.deckFor ?? defaults.deckFor,
  };
  requireWhole('seats', settings.seats, seatLimits.min, seatLimits.max);
  requireWhole('startingStack', settings.startingStack, 1, limits.maxChips);
  requireBlinds('', settings);
  requireWhole('maxHands', settings.maxHands, 1, Number.MAX_SAFE_INTEGER);
  requireSchedule(settings.blindSchedule);
  if (typeof settings.seed !== 'string') throw new RangeError('Option `seed` must be a string.');
  if (typeof settings.deckFor !== 'function') throw new RangeError('Option `deckFor` must be a function.');
  return settings;
}

function requireBlinds(where: string, level: Omit<BlindLevel, 'fromHand'>): void {
  requireWhole(`${where}smallBlind`, level.smallBlind, 1, limits.maxChips);
  requireWhole(`${where}bigBlind`, level.bigBlind, level.smallBlind, limits.maxChips);
  if (level.ante !== undefined) requireWhole(`${where}ante`, level.ante, 0, limits.maxChips);
}

function requireSchedule(levels: readonly BlindLevel[]): void {
  if (!Array.isArray(levels)) throw new RangeError('Option `blindSchedule` must be a list of levels.');
  let earliest = 1;
  for (const [index, level] of levels.entries()) {
    const where = `blindSchedule[${index}]`;
    if (typeof level !== 'object' || level === null) {
      throw new RangeError(`Option \`${where}\` must be a level: { fromHand, smallBlind, bigBlind, ante? }.`);
    }
    requireWhole(`${where}.fromHand`, level.fromHand, earliest, Number.MAX_SAFE_INTEGER);
    requireBlinds(`${where}.`, level);
    earliest = level.fromHand + 1;
  }
}

function requireWhole(option: string, value: unknown, min: number, max: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw new RangeError(
    `Option \`${option}\` must be a whole number from ${min} to ${max}, not ${String(value)}.`,
  );
}
