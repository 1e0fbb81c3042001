import type { BotLike } from '../bot/bot.js';
import { CallingStation } from './calling-station.js';
import { EquityBot, type EquityBotOptions } from './equity-bot.js';
import type { HouseBotName } from './house-bot-names.js';
import { folder, maniac, nit, reraiser, thinValue } from './panel-styles.js';
import { RandomBot } from './random-bot.js';
import { StyleBot } from './style-bot.js';
import { TightAggressiveBot } from './tight-aggressive.js';

/** How a bot that computes shares its thread. Default: it yields it every few milliseconds, and stops in time. */
export type HouseBotPace = Pick<EquityBotOptions, 'now' | 'pause'>;

type MakeHouseBot = (seed: string, pace?: HouseBotPace) => BotLike;

const byName = {
  random: (seed) => new RandomBot({ seed }),
  'calling-station': () => new CallingStation(),
  nit: (seed) => new StyleBot(nit, { seed }),
  folder: (seed) => new StyleBot(folder, { seed }),
  maniac: (seed) => new StyleBot(maniac, { seed }),
  'thin-value': (seed) => new StyleBot(thinValue, { seed }),
  'tight-aggressive': (seed) => new TightAggressiveBot({ seed }),
  reraiser: (seed) => new StyleBot(reraiser, { seed }),
  equity: (seed, pace) => new EquityBot({ seed, ...pace }),
} satisfies Record<HouseBotName, MakeHouseBot>;

/** The house bots by name: each function makes a bot for one match from a seed. */
export const houseBots: Readonly<Record<string, MakeHouseBot>> = byName;
