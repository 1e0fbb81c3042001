/** Who plays against the user's bot: house bots by name, and bots of files. */
import { basename, extname } from 'node:path';
import type { AnyBot, BotLike, BotSource } from '../../bot/bot.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { houseBots } from '../../house/house-bots.js';
import { createBot } from '../../io/hosting/create-bot.js';
import { loadBot } from '../../io/hosting/load-bot.js';
import { tryBot } from '../../io/hosting/try-bot.js';
import { BadBotError, OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { type Clock, systemClock } from '../../time/clock.js';

const defaults = { maxNameLength: 40 } as const;

const fileNames = /[/\\]|\.(?:[cm]?js|[cm]?ts)$/i;

export interface LoadedOpponent {
  /** The house bot's, or that of the file without folder and extension. */
  name: string;
  /**
   * The bot for one match: a new one, unless the file exports an object, which then plays all of them.
   *
   * @param seed of a house bot's chances.
   * @throws {BadBotError} when the file's class or factory makes no bot that plays poker.
   */
  make(seed: string): BotLike | Promise<BotLike>;
}

/**
 * @param opponents a house bot's name, else a file: what has a folder in front of it or an extension of JavaScript or
 * TypeScript.
 * @param steps how a file is loaded, and how it is seen that a bot can be made of it.
 * @returns one for each of them, in their order.
 * @throws {OptionError} for what is neither, and for a file that does not exist.
 * @throws {BadBotError} for a file that cannot be loaded, exports no bot, or has a class or factory that makes none: it
 * is called once to see that.
 */
export function loadOpponents(
  opponents: readonly string[],
  clock: Clock = systemClock,
  { load, tryOut }: BotSteps = {
    load: (file) => loadBot(file, clock),
    tryOut: (_, source) => tryBot(source, clock),
  },
): Promise<LoadedOpponent[]> {
  return Promise.all(opponents.map((opponent) => loadOpponent(opponent, { load, tryOut })));
}

/** Somebody has to play. */
export function orDefault(opponents: readonly string[]): readonly string[] {
  return opponents.length > 0 ? opponents : [houseBotNames[0] ?? ''];
}

interface BotSteps {
  load: (file: string) => Promise<BotSource>;
  tryOut: (file: string, source: BotSource) => Promise<void>;
}

async function loadOpponent(opponent: string, { load, tryOut }: BotSteps): Promise<LoadedOpponent> {
  const make = Object.hasOwn(houseBots, opponent) ? houseBots[opponent] : undefined;
  if (make !== undefined) return { name: opponent, make };
  if (!fileNames.test(opponent)) throw new OptionError('opponent', neither(opponent));
  const source = await load(opponent);
  await tryOut(opponent, source);
  const playsPoker = (bot: AnyBot): BotLike => {
    if (bot.decide !== undefined) return bot;
    throw new BadBotError(`The bot of ${opponent} has no decide(state); the sandbox plays poker.`);
  };
  return {
    name: basename(opponent, extname(opponent)),
    make() {
      const made = createBot(source);
      return made instanceof Promise ? made.then(playsPoker) : playsPoker(made);
    },
  };
}

function neither(opponent: string): string {
  return `There is no house bot "${printable(opponent, defaults.maxNameLength)}". There are ${houseBotNames.join(', ')}; a bot file is possible too, such as ./my-bot.ts.`;
}
