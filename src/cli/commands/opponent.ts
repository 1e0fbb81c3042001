/** The opponents of the user's bot: house bots by name, and bots from files. */
import { basename, extname } from 'node:path';
import type { AnyBot, BotLike, BotSource } from '../../bot/bot.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { houseBots } from '../../house/house-bots.js';
import { createBot } from '../../io/hosting/create-bot.js';
import { loadBot } from '../../io/hosting/load-bot.js';
import { tryBot } from '../../io/hosting/try-bot.js';
import { BadBotError, OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { toldApart } from '../../session-view/told-apart.js';
import { type Clock, systemClock } from '../../time/clock.js';

const defaults = { maxNameLength: 40 } as const;

const fileNames = /[/\\]|\.(?:[cm]?js|[cm]?ts)$/i;

export interface LoadedOpponent {
  /** The name of the house bot, or of the file without folder and extension. */
  name: string;
  /**
   * Makes the bot for one match. If the file exports an object, that plays all matches.
   *
   * @param seed for the random numbers of a house bot.
   * @throws {BadBotError} when the file's class or factory does not make a bot that plays poker.
   */
  make(seed: string): BotLike | Promise<BotLike>;
}

/**
 * @param opponents names of house bots, and files: text with a slash or an extension of JavaScript or TypeScript.
 * @param steps how a file is loaded, and how making a bot from it is tried.
 * @returns the opponents in the same order.
 * @throws {OptionError} for an unknown name, and for a file that does not exist.
 * @throws {BadBotError} for a file that cannot be loaded, exports no bot, or whose class or factory makes none: it is
 * called once to check.
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

/** The same opponents, each with a name that nobody else at the table has. */
export function namedApart(
  opponents: readonly LoadedOpponent[],
  others: readonly string[],
): LoadedOpponent[] {
  const names = toldApart(
    opponents.map(({ name }) => name),
    others,
  );
  return opponents.map((opponent, index) => ({ ...opponent, name: names[index] ?? opponent.name }));
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
