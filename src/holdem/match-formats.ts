/**
 * The formats in which the platform plays No-Limit Hold'em: seats, chips, blinds, limit and clock. What of them is proven
 * and what is guessed is in docs/protocol.md 6, "Formats".
 */
import type { BlindLevel } from './table-types.js';

export const formatNames = ['season', 'house-bot', 'queue', 'ranked', 'upload', 'sit-and-go'] as const;

/** The formats of matches that the platform plays. */
export type FormatName = (typeof formatNames)[number];

/** Amounts are chips. */
export interface MatchFormat {
  /** How many play. */
  readonly seats: number;
  readonly startingStack: number;
  /** Of the first hand; they rise as `blindLadder` says. */
  readonly smallBlind: number;
  readonly bigBlind: number;
  /** The most hands of a match, which else goes on until one seat has all chips. */
  readonly maxHands: number;
  /** The clock of one decision, in milliseconds. */
  readonly decisionTimeoutMs: number;
}

const season: MatchFormat = {
  seats: 2,
  startingStack: 10_000,
  smallBlind: 50,
  bigBlind: 100,
  maxHands: 1_000,
  decisionTimeoutMs: 30_000,
};

const fastClockMs = 2_000;

export const matchFormats: Readonly<Record<FormatName, MatchFormat>> = {
  season,
  'house-bot': season,
  queue: season,
  ranked: { ...season, decisionTimeoutMs: fastClockMs },
  upload: { ...season, startingStack: 5_000, smallBlind: 25, bigBlind: 50, decisionTimeoutMs: 5_000 },
  'sit-and-go': { ...season, seats: 6, decisionTimeoutMs: fastClockMs },
};

const handsPerLevel = 20;

/** The big blind of each level, in big blinds of the first one; from the last one on it doubles. */
const steps = [1, 1.5, 2, 3, 4, 6, 8, 10, 12, 16, 20, 30] as const;

/**
 * How blinds rise: a step every twenty hands, with the small blind half of the big one.
 *
 * @param bigBlind of the first hand.
 * @param chips of all seats together: a big blind that is more ends the list.
 */
export function blindLadder(bigBlind: number, chips: number): Omit<BlindLevel, 'ante'>[] {
  const levels: Omit<BlindLevel, 'ante'>[] = [];
  for (let level = 1; ; level += 1) {
    const step = steps[level] ?? (steps.at(-1) ?? 1) * 2 ** (level + 1 - steps.length);
    const big = Math.floor(step * bigBlind);
    if (big > chips) return levels;
    levels.push({
      fromHand: level * handsPerLevel + 1,
      smallBlind: Math.max(1, Math.floor(big / 2)),
      bigBlind: big,
    });
  }
}
