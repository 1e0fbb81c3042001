import type { BotLike } from '../bot/bot.js';
import { CallingStation } from './calling-station.js';
import { EquityBot } from './equity-bot.js';
import type { HouseBotName } from './house-bot-names.js';
import { RandomBot } from './random-bot.js';
import { TightAggressiveBot } from './tight-aggressive.js';

const byName = {
  random: (seed) => new RandomBot({ seed }),
  'calling-station': () => new CallingStation(),
  'tight-aggressive': (seed) => new TightAggressiveBot({ seed }),
  equity: (seed) => new EquityBot({ seed }),
} satisfies Record<HouseBotName, (seed: string) => BotLike>;

/** The house bots by name: each function makes a bot for one match from a seed. */
export const houseBots: Readonly<Record<string, (seed: string) => BotLike>> = byName;
