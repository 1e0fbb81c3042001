import type { BotLike } from '../bot/bot.js';
import { CallingStation } from './calling-station.js';
import { EquityBot, type EquityBotOptions } from './equity-bot.js';
import type { HouseBotName } from './house-bot-names.js';
import { RandomBot } from './random-bot.js';
import { TightAggressiveBot } from './tight-aggressive.js';

/** How a bot that computes shares its thread. Default: it yields it every few milliseconds, and stops in time. */
export type HouseBotPace = Pick<EquityBotOptions, 'now' | 'pause'>;

type MakeHouseBot = (seed: string, pace?: HouseBotPace) => BotLike;

const byName = {
  random: (seed) => new RandomBot({ seed }),
  'calling-station': () => new CallingStation(),
  'tight-aggressive': (seed) => new TightAggressiveBot({ seed }),
  equity: (seed, pace) => new EquityBot({ seed, ...pace }),
} satisfies Record<HouseBotName, MakeHouseBot>;

/** The house bots by name: each function makes a bot for one match from a seed. */
export const houseBots: Readonly<Record<string, MakeHouseBot>> = byName;
