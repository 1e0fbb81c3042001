/** The field that a bot is seen against: what others do. */
import { quantileOf } from '../statistics/quantile.js';
import type { BotProfile } from './profile.js';
import { type ShareName, shareNames } from './profile-statistics.js';

const defaults = {
  /** A share of fewer chances says nothing about a bot, nor does one of fewer bots about the field. */
  minChances: 30,
  minBots: 5,
  low: 0.1,
  high: 0.9,
} as const;

/** Where the lowest and the highest tenth of the field begin. */
export interface FieldBounds {
  readonly low: number;
  readonly high: number;
  /** How many bots it was told from. */
  readonly bots: number;
}

/** Null: too few bots have enough chances. */
export type Field = Readonly<Record<ShareName, FieldBounds | null>>;

/** What is usual among these bots, share by share. A bot with too few chances says nothing of a share. */
export function fieldOf(profiles: Iterable<BotProfile>): Field {
  const all = [...profiles];
  return Object.fromEntries(
    shareNames.map((share): [ShareName, FieldBounds | null] => {
      const rates = all
        .map(({ shares }) => shares[share])
        .flatMap(({ rate, chances }) => (rate === null || chances < defaults.minChances ? [] : [rate]))
        .toSorted((a, b) => a - b);
      if (rates.length < defaults.minBots) return [share, null];
      const [low, high] = [quantileOf(rates, defaults.low), quantileOf(rates, defaults.high)];
      return [share, low === null || high === null ? null : { low, high, bots: rates.length }];
    }),
  ) as Record<ShareName, FieldBounds | null>;
}

/** Where a bot lies outside of what eight of ten others do; of shares with too few chances nothing is said. */
export function outliersOf({ shares }: BotProfile, field: Field): Partial<Record<ShareName, 'low' | 'high'>> {
  const outliers: Partial<Record<ShareName, 'low' | 'high'>> = {};
  for (const share of shareNames) {
    const { rate, chances } = shares[share];
    const bounds = field[share];
    if (rate === null || bounds === null || chances < defaults.minChances) continue;
    if (rate < bounds.low) outliers[share] = 'low';
    if (rate > bounds.high) outliers[share] = 'high';
  }
  return outliers;
}
