/** The opponents of the user's bot: house bots by name, and bots from files. */
import { basename, extname } from 'node:path';
import type { AnyBot, BotLike } from '../../bot/bot.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { houseBots } from '../../house/house-bots.js';
import { createBot } from '../../io/hosting/create-bot.js';
import { describeFailure } from '../../io/hosting/failure.js';
import { loadBot } from '../../io/hosting/load-bot.js';
import { withoutDecide } from '../../io/hosting/pool/bot-pool.js';
import { createGuestBot } from '../../io/hosting/pool/guest-bot.js';
import { tryBot } from '../../io/hosting/try-bot.js';
import { BadBotError, OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { toldApart } from '../../session-view/told-apart.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { type CliIo, printLine, terminalOf } from '../surroundings/surroundings.js';
import type { BotPlaces } from './bot-places.js';
import { type BotChoice, chosenBot, moduleOf } from './loading.js';

const defaults = { maxNameLength: 40, maxLineLength: 400 } as const;

const fileNames = /[/\\]|\.(?:[cm]?js|[cm]?ts)(?:#|$)/i;

export interface LoadedOpponent {
  /** The name of the house bot, of the class that was named, or of the file without folder and extension. */
  name: string;
  /**
   * Makes the bot for one match. If the file exports an object, that plays all matches.
   *
   * @param seed for the random numbers of a house bot.
   * @throws {BadBotError} when the file's class or factory does not make a bot that plays poker.
   */
  make(seed: string): BotLike | Promise<BotLike>;
}

/** Loads the bot of a file. @returns what makes the bot of one match. */
export type OpenFile = (choice: BotChoice) => Promise<LoadedOpponent['make']>;

/**
 * @param opponents names of house bots, and files: text with a slash or an extension of JavaScript or TypeScript, and
 * behind a `#` the name of a bot in it.
 * @param open how a file is loaded. Default: in this thread.
 * @returns the opponents in the same order.
 * @throws {OptionError} for an unknown name, and for a file that does not exist.
 * @throws {BadBotError} for a file that cannot be loaded, exports no bot, or whose class or factory makes none: it is
 * called once to check.
 */
export function loadOpponents(
  opponents: readonly string[],
  open: OpenFile = openHere,
): Promise<LoadedOpponent[]> {
  return Promise.all(opponents.map((opponent) => loadOpponent(opponent, open)));
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

async function loadOpponent(opponent: string, open: OpenFile): Promise<LoadedOpponent> {
  const make = Object.hasOwn(houseBots, opponent) ? houseBots[opponent] : undefined;
  if (make !== undefined) return { name: opponent, make };
  const unknown = unknownOpponent(opponent);
  if (unknown !== null) throw new OptionError('opponent', unknown);
  const choice = chosenBot(opponent);
  return { name: nameOf(choice), make: await open(choice) };
}

const nameOf = ({ file, botClass }: BotChoice): string => botClass ?? basename(file, extname(file));

/** Loads the bot in this thread. */
async function openHere({ file, botClass }: BotChoice): Promise<LoadedOpponent['make']> {
  const source = await loadBot(file, systemClock, botClass);
  await tryBot(source, systemClock);
  const playsPoker = (bot: AnyBot): BotLike => {
    if (bot.decide !== undefined) return bot;
    throw new BadBotError(withoutDecide(file));
  };
  return () => {
    const made = createBot(source);
    return made instanceof Promise ? made.then(playsPoker) : playsPoker(made);
  };
}

/**
 * Loads the bots of files in threads or processes of their own.
 *
 * @param clock of the table.
 */
export function opponentsIn(places: BotPlaces, io: CliIo, clock: WorldClock = systemClock): OpenFile {
  return async (choice) => {
    const pool = await places.open(moduleOf(choice), { needsDecide: true });
    places.tellChanges(pool);
    const name = printable(nameOf(choice), defaults.maxNameLength);
    return () =>
      createGuestBot({
        pool,
        clock,
        onFailed: (hook, error) =>
          printLine(
            io.stderr,
            printable(
              `warning: the opponent ${name} failed in ${hook}: ${describeFailure(error)}`,
              defaults.maxLineLength,
              terminalOf(io).redact,
            ),
          ),
      });
  };
}

/** A sentence about what is neither a house bot nor a bot file; null: it is one of them. */
export function unknownOpponent(opponent: string): string | null {
  if (Object.hasOwn(houseBots, opponent) || fileNames.test(opponent)) return null;
  return `There is no house bot "${printable(opponent, defaults.maxNameLength)}". There are ${houseBotNames.join(', ')}; a bot file is possible too, such as ./my-bot.ts, or ./my-bots.ts#Name where it exports several.`;
}
