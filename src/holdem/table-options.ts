/** The options of a table, checked. */
import { refuseUnknown } from '../protocol/known-names.js';
import type { Ante, BlindLevel, OddChips, TableOptions } from './table-types.js';

const defaults = {
  ante: 0,
  blindSchedule: [],
  maxHands: 1000,
  dealer: 0,
  oddChips: 'lowest-seat',
  nothing: () => undefined,
} as const;

const limits = { minSeats: 2, maxSeats: 10 } as const;

const oddChipsRules: readonly OddChips[] = ['lowest-seat', 'left-of-button'];

/** The options with every default filled in. */
export type TableSettings = Readonly<Required<Omit<TableOptions, 'seats' | 'startingStack'>>>;

const tableOptionNames: Readonly<Record<keyof TableOptions, true>> = {
  seats: true,
  startingStack: true,
  stacks: true,
  smallBlind: true,
  bigBlind: true,
  ante: true,
  blindSchedule: true,
  maxHands: true,
  dealer: true,
  dealtIn: true,
  oddChips: true,
  seed: true,
  deckFor: true,
};

/**
 * Fills in the defaults.
 *
 * @throws {OptionError} for an option that does not exist.
 * @throws RangeError for an option that makes no game; the message names it and says what it must be.
 */
export function tableSettings(options: TableOptions): TableSettings {
  refuseUnknown(options, tableOptionNames, 'createTable');
  const stacks = stacksOf(options);
  const settings: TableSettings = {
    stacks,
    smallBlind: options.smallBlind,
    bigBlind: options.bigBlind,
    ante: options.ante ?? defaults.ante,
    blindSchedule: options.blindSchedule ?? defaults.blindSchedule,
    maxHands: options.maxHands ?? defaults.maxHands,
    dealer: options.dealer ?? defaults.dealer,
    dealtIn: options.dealtIn ?? defaults.nothing,
    oddChips: options.oddChips ?? defaults.oddChips,
    seed: options.seed,
    deckFor: options.deckFor ?? defaults.nothing,
  };
  requireBlinds('', settings, stacks.length);
  requireSchedule(settings.blindSchedule, stacks.length);
  requireWhole('maxHands', settings.maxHands, 1, Number.MAX_SAFE_INTEGER);
  requireWhole('dealer', settings.dealer, 0, stacks.length - 1);
  requireFunction('dealtIn', settings.dealtIn);
  requireFunction('deckFor', settings.deckFor);
  if (!oddChipsRules.includes(settings.oddChips)) {
    throw new RangeError(`Option \`oddChips\` must be ${oddChipsRules.join(' or ')}.`);
  }
  if (typeof settings.seed !== 'string') throw new RangeError('Option `seed` must be a string.');
  return { ...settings, ...copiesOf(settings) };
}

/** The lists of the caller may change later. */
function copiesOf({ ante, blindSchedule }: TableSettings): Pick<TableSettings, 'ante' | 'blindSchedule'> {
  return {
    ante: copyOf(ante),
    blindSchedule: blindSchedule.map((level) =>
      level.ante === undefined ? { ...level } : { ...level, ante: copyOf(level.ante) },
    ),
  };
}

function copyOf(ante: Ante): Ante {
  if (typeof ante === 'number') return ante;
  return 'bigBlind' in ante ? { ...ante } : [...ante];
}

/** The cards on top of the deck of this hand. */
export function topCards(hand: number, { deckFor }: TableSettings): ReturnType<TableSettings['deckFor']> {
  const top = deckFor(hand);
  if (top === undefined || isList(top)) return top;
  throw new RangeError('Option `deckFor` must return a list of cards, or undefined.');
}

/** What each seat begins with. */
function stacksOf({ seats, startingStack, stacks }: TableOptions): readonly number[] {
  if (stacks === undefined) {
    requireSeats('seats', seats);
    requireWhole('startingStack', startingStack, 1, maxChips(seats));
    return Array.from({ length: seats }, () => startingStack);
  }
  if (startingStack !== undefined) {
    throw new RangeError('Option `stacks` says what each seat begins with; leave `startingStack` out.');
  }
  requireList('stacks', stacks);
  requireBySeat('stacks', stacks, seats ?? stacks.length);
  requireSeats('stacks.length', stacks.length);
  if (stacks.filter((stack) => stack > 0).length < limits.minSeats) {
    throw new RangeError('Option `stacks` must give chips to two seats or more.');
  }
  return [...stacks];
}

/** So many stacks of this size can still be added up exactly. */
function maxChips(seats: number): number {
  return Math.floor(Number.MAX_SAFE_INTEGER / Math.max(1, seats));
}

function requireBlinds(where: string, level: Omit<BlindLevel, 'fromHand'>, seats: number): void {
  requireWhole(`${where}smallBlind`, level.smallBlind, 1, maxChips(seats));
  requireWhole(`${where}bigBlind`, level.bigBlind, level.smallBlind, maxChips(seats));
  if (level.ante !== undefined) requireAnte(`${where}ante`, level.ante, seats);
}

function requireAnte(option: string, ante: Ante, seats: number): void {
  if (isList(ante)) requireBySeat(option, ante, seats);
  else if (typeof ante === 'object' && ante !== null) {
    requireWhole(`${option}.bigBlind`, ante.bigBlind, 0, maxChips(seats));
  } else requireWhole(option, ante, 0, maxChips(seats));
}

function requireSchedule(levels: readonly BlindLevel[], seats: number): void {
  if (!isList(levels)) throw new RangeError('Option `blindSchedule` must be a list of levels.');
  let earliest = 1;
  for (const [index, level] of levels.entries()) {
    const where = `blindSchedule[${index}]`;
    if (typeof level !== 'object' || level === null) {
      throw new RangeError(`Option \`${where}\` must be a level: { fromHand, smallBlind, bigBlind, ante? }.`);
    }
    requireWhole(`${where}.fromHand`, level.fromHand, earliest, Number.MAX_SAFE_INTEGER);
    requireBlinds(`${where}.`, level, seats);
    earliest = level.fromHand + 1;
  }
}

/** By seat, whether it plays in this hand. */
export function dealtInAt(hand: number, { dealtIn }: TableSettings, stacks: readonly number[]): boolean[] {
  const named = dealtIn(hand);
  if (named === undefined) return stacks.map((stack) => stack > 0);
  requireList('dealtIn', named);
  for (const seat of named) requireWhole('dealtIn', seat, 0, stacks.length - 1);
  const playing = stacks.map((stack, seat) => stack > 0 && named.includes(seat));
  if (playing.filter(Boolean).length < limits.minSeats) {
    throw new RangeError(
      `Option \`dealtIn\` must deal two seats with chips or more in; in hand ${hand} it names ${named.join(', ') || 'none'}.`,
    );
  }
  return playing;
}

function requireSeats(option: string, seats: unknown): asserts seats is number {
  requireWhole(option, seats, limits.minSeats, limits.maxSeats);
}

/** Chips by seat. */
function requireBySeat(option: string, chips: readonly number[], seats: number): void {
  if (chips.length !== seats) {
    throw new RangeError(
      `Option \`${option}\` must have an entry for each of the ${seats} seats, not ${chips.length}.`,
    );
  }
  for (const [seat, amount] of chips.entries())
    requireWhole(`${option}[${seat}]`, amount, 0, maxChips(seats));
}

function requireWhole(option: string, value: unknown, min: number, max: number): asserts value is number {
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw new RangeError(
    `Option \`${option}\` must be a whole number from ${min} to ${max}, not ${String(value)}.`,
  );
}

function requireFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw new RangeError(`Option \`${option}\` must be a function.`);
}

function requireList(option: string, value: unknown): void {
  if (!isList(value)) throw new RangeError(`Option \`${option}\` must be a list, by seat.`);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
