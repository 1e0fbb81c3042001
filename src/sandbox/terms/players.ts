/** The players of a match. */
import type { BotLike } from '../../bot/bot.js';
import { houseBots } from '../../house/house-bots.js';
import { isObject } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import type { BotRecord } from './bot-record.js';

/** A bot that runs inside the sandbox; a new one is made for each match. */
export interface NamedBot {
  /** Shown to its opponents. */
  name: string;
  /** @param seed for its random numbers, so that a match can be repeated. */
  make(seed: string): BotLike | Promise<BotLike>;
}

/** The name of a house bot, a bot to run inside the sandbox, or the id of another remote bot. */
export type Opponent = string | BotLike | NamedBot | { botId: string };

export type Player = { kind: 'remote'; bot: BotRecord } | { kind: 'house'; name: string; bot: BotLike };

/** Looks a remote bot up by its id. */
type FindBot = (botId: string) => BotRecord | undefined;

/** Name of a bot that was given as an object. */
const guestName = 'guest';

/** @throws {OptionError} */
export function remotePlayer(botId: string, findBot: FindBot): Player {
  const bot = findBot(botId);
  if (bot === undefined) throw new OptionError('botId', 'There is no such bot; add it with addBot.');
  return { kind: 'remote', bot };
}

/** @throws {OptionError} for an unknown name. */
export function housePlayer(name: string, seed: string): Player {
  const make = Object.hasOwn(houseBots, name) ? houseBots[name] : undefined;
  if (make !== undefined) return { kind: 'house', name, bot: make(seed) };
  const names = Object.keys(houseBots).join(', ');
  throw new OptionError('opponent', `There is no such house bot; there are ${names}.`);
}

async function madePlayer(player: NamedBot, seed: string): Promise<Player> {
  const { name } = player;
  if (typeof name !== 'string' || name === '') {
    throw new OptionError('opponent', 'A player with make must have a name.');
  }
  const bot: unknown = await player.make(seed);
  if (isBotLike(bot)) return { kind: 'house', name, bot };
  throw new OptionError('opponent', `What make of ${name} returns must be a bot with decide.`);
}

function isBotLike(bot: unknown): bot is BotLike {
  return isObject(bot) && typeof bot.decide === 'function';
}

/**
 * @param seed for the random numbers of a house bot.
 * @throws {OptionError} for an invalid player; and what the bot's own `make` throws.
 */
export async function playerOf(player: Opponent, seed: string, findBot: FindBot): Promise<Player> {
  if (typeof player === 'string') return housePlayer(player, seed);
  if (typeof player === 'object' && player !== null) {
    if (isBotLike(player)) return { kind: 'house', name: guestName, bot: player };
    if ('make' in player && typeof player.make === 'function') return madePlayer(player, seed);
    if ('botId' in player) return remotePlayer(player.botId, findBot);
  }
  throw new OptionError(
    'opponent',
    'A player must be the name of a house bot, a bot with decide, { name, make }, or { botId }.',
  );
}
